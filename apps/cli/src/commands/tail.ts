import { setTimeout as sleep } from 'node:timers/promises'
import type { SessionView } from '@copse/contracts'
import type { Command } from '../command.ts'
import { dim } from '../show/table.ts'
import { storyOf, type Told } from '../show/why.ts'

const pauseMs = 1_000

export const tail: Command = {
  name: 'tail',
  usage: '',
  does: 'Turns as they are committed, until Ctrl-C.',
  words: { min: 0, max: 0 },
  async run({ tenant, print, signal, now }) {
    const asked = await tenant('read')
    let seen = now()
    while (!signal.aborted) {
      const { sessions } = await asked.get<{ sessions: SessionView[] }>('/api/sessions?limit=50')
      const fresh = sessions.filter(({ updatedAt }) => updatedAt >= seen)
      const told: { at: number; text: string }[] = []
      for (const { id, intent } of fresh) {
        const { turns } = await asked.get<{ turns: Told[] }>(`/api/bt/trace/${id}`)
        for (const [index, turn] of turns.entries()) {
          if (turn.committedAt < seen) continue
          told.push({ at: turn.committedAt, text: `${dim(`${intent} ${id}`)}\n${storyOf(turn, index + 1)}` })
        }
      }
      told.sort((a, b) => a.at - b.at)
      for (const { text } of told) print(`${text}\n`)
      seen = Math.max(seen, ...told.map(({ at }) => at + 1))
      await sleep(pauseMs, undefined, { signal }).catch(() => {})
    }
    return { text: '', data: null }
  },
}
