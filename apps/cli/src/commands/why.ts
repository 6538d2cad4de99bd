import { Fault } from '@copse/contracts'
import type { SessionView } from '@copse/contracts'
import type { Command } from '../command.ts'
import { bold, dim } from '../show/table.ts'
import { storyOf, type Told } from '../show/why.ts'

export const why: Command = {
  name: 'why',
  usage: '<session> [--turn n]',
  does: 'How a session came to where it is: every decision with the values that made it.',
  words: { min: 1, max: 1 },
  options: { turn: { type: 'string' } },
  async run({ tenant, words, options }) {
    const path = `/api/bt/trace/${encodeURIComponent(words[0]!)}`
    const { session, turns } = await (await tenant('read')).get<{ session: SessionView; turns: Told[] }>(path)
    const wanted = options['turn'] === undefined ? undefined : Number(options['turn'])
    if (wanted !== undefined && turns[wanted - 1] === undefined) {
      throw new Fault('not_found', { detail: `The session has turns 1 to ${turns.length}.` })
    }
    const told = turns.flatMap((turn, index) =>
      wanted === undefined || wanted === index + 1 ? [storyOf(turn, index + 1)] : [],
    )
    const { id, intent, status, step, procedure } = session
    const head = `${bold(intent)} ${procedure.version}  ${status}${step === null ? '' : ` at ${step}`}  ${dim(id)}`
    return {
      text: [head, ...told].join('\n\n'),
      data: { session, turns: wanted === undefined ? turns : [turns[wanted - 1]] },
    }
  },
}
