import type { HandoffView } from '@copse/contracts'
import type { Command } from '../command.ts'
import { since } from '../show/moments.ts'
import { bold, dim, table } from '../show/table.ts'

export const handoffs: Command = {
  name: 'handoffs',
  usage: '[--session id]',
  does: 'What was handed to a person, newest first, and why.',
  words: { min: 0, max: 0 },
  options: { session: { type: 'string' } },
  async run({ tenant, options, now }) {
    const query = new URLSearchParams()
    if (typeof options['session'] === 'string') query.set('session_id', options['session'])
    const found = await (await tenant('read')).get<{ handoffs: HandoffView[] }>(`/api/handoffs?${query.toString()}`)
    const rows = found.handoffs.map(({ conversationId, createdAt, state, takenBy, reason, summary }) => [
      conversationId,
      since(createdAt, now()),
      state === 'taken' ? `taken by ${takenBy ?? 'somebody'}` : state,
      reason,
      summary,
    ])
    const untold = found.handoffs.flatMap(({ conversationId, state, deadNotice }) =>
      deadNotice && state !== 'closed' ? [[String(deadNotice.number), conversationId, deadNotice.error]] : [],
    )
    const text =
      rows.length === 0
        ? 'no handoffs'
        : [
            table(['conversation', 'asked', 'state', 'why', 'summary'], rows),
            '',
            ...(untold.length === 0
              ? []
              : [
                  `${bold('reached none of your people')}  copse redrive notice <n>`,
                  table(['n', 'conversation', 'why'], untold),
                  '',
                ]),
            dim('Take one: copse owner <conversation> human, then copse say <conversation> "…"'),
          ].join('\n')
    return { text, data: found }
  },
}
