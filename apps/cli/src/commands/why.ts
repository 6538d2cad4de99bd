import { Fault } from '@copse/contracts'
import type { EffectView, HandoffView, InterventionView, SessionView, TimerView } from '@copse/contracts'
import type { Command } from '../command.ts'
import { doneByHand } from '../show/by-hand.ts'
import { stillOpen } from '../show/open.ts'
import { bad, bold, dim, good } from '../show/table.ts'
import { storyOf, type Told } from '../show/why.ts'

export const why: Command = {
  name: 'why',
  usage: '<session> [--turn n]',
  does: 'How a session came to where it is: every decision with the values that made it.',
  words: { min: 1, max: 1 },
  options: { turn: { type: 'string' } },
  async run({ tenant, words, options, now }) {
    const asked = await tenant('read')
    const path = `/api/bt/trace/${encodeURIComponent(words[0]!)}`
    const found = await asked.get<{ session: SessionView; turns: Told[]; interventions: InterventionView[] }>(path)
    const { session, turns } = found
    // They stand where they happened; beside one turn alone they would say nothing.
    const byHand = options['turn'] === undefined ? found.interventions : []
    const wanted = options['turn'] === undefined ? undefined : Number(options['turn'])
    if (wanted !== undefined && turns[wanted - 1] === undefined) {
      throw new Fault('not_found', { detail: `The session has turns 1 to ${turns.length}.` })
    }
    const told = turns.flatMap((turn, index) => {
      if (wanted !== undefined && wanted !== index + 1) return []
      const before = turns[index - 1]
      return [...doneByHand(byHand, before?.now ?? -Infinity, turn.now), storyOf(turn, index + 1, before)]
    })
    told.push(...doneByHand(byHand, turns.at(-1)?.now ?? -Infinity, Infinity))
    const query = `session_id=${encodeURIComponent(session.id)}`
    const [timers, effects, handoffs] = await Promise.all([
      asked.get<{ timers: TimerView[] }>(`/api/timers?${query}`),
      asked.get<{ effects: EffectView[] }>(`/api/effects?${query}&state=uncertain`),
      asked.get<{ handoffs: HandoffView[] }>(`/api/handoffs?${query}`),
    ])
    const open = stillOpen({ ...timers, ...effects, ...handoffs }, now())
    const { id, intent, status, step, procedure } = session
    const head = `${bold(intent)} ${procedure.version}  ${coloured(status)}${step === null ? '' : ` at ${step}`}  ${dim(id)}`
    return {
      text: [head, ...told, ...(open.length === 0 ? [] : [open.join('\n')])].join('\n\n'),
      data: wanted === undefined ? found : { session, turns: [turns[wanted - 1]] },
    }
  },
}

const coloured = (status: string): string =>
  status === 'completed' ? good(status) : status === 'waiting' ? status : bad(status)
