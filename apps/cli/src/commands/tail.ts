import { setTimeout as sleep } from 'node:timers/promises'
import { Fault, type TurnView } from '@copse/contracts'
import type { Command } from '../command.ts'
import { placeOf } from '../show/turns.ts'
import { storyOf } from '../show/why.ts'
import { Refused, type Tenant } from '../tenant.ts'

const pauseMs = 1_000

export const tail: Command = {
  name: 'tail',
  usage: '',
  does: 'Turns as they end, until Ctrl-C.',
  more: 'From the newest on. It waits while the tenant does not answer, e.g. because it is started again.',
  words: { min: 0, max: 0 },
  async run({ tenant, print, tell, signal }) {
    let asked = await tenant('read')
    const look = createLook()
    // A token ends while one watches. One that was just given is wrong.
    const lookAgain = (): Promise<TurnView[]> =>
      look(asked).catch(async (error: unknown) => {
        if (!(error instanceof Refused && error.status === 401)) throw error
        asked = await tenant('read')
        return look(asked)
      })
    // What has ended already is not shown; what is wrong from the start ends the command.
    if (!signal.aborted) await look(asked)
    let isWaiting = false
    while (!signal.aborted) {
      await sleep(pauseMs, undefined, { signal }).catch(() => {})
      if (signal.aborted) break
      try {
        for (const turn of await lookAgain()) print(`${placeOf(turn)}\n${storyOf(turn)}\n`)
        if (isWaiting) tell('It answers again.')
        isWaiting = false
      } catch (error) {
        if (!isPassing(error)) throw error
        if (!isWaiting) tell(`${error instanceof Fault ? error.detail : error.message} Waiting for it.`)
        isWaiting = true
      }
    }
    return { text: '', data: null }
  },
}

/** Each call answers with the turns that have ended since the one before. */
function createLook(): (asked: Tenant) => Promise<TurnView[]> {
  let after: number | undefined
  // Turns end in another order than they begin: these are asked for again.
  let underWay: number[] = []
  return async (asked) => {
    const query = after === undefined ? '' : `after=${after}&also=${underWay.join(',')}`
    const { turns } = await asked.get<{ turns: TurnView[] }>(`/api/turns?${query}`)
    after = Math.max(after ?? 0, ...turns.map(({ number }) => number))
    underWay = turns.filter(({ state }) => state === 'open').map(({ number }) => number)
    return turns.filter(({ state }) => state !== 'open')
  }
}

/** Nothing answers, or the process is stopping. */
const isPassing = (error: unknown): error is Error =>
  error instanceof Refused ? error.status >= 500 : error instanceof Fault && error.code === 'not_ready'
