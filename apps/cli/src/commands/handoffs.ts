import type { HandoffView } from '@copse/contracts'
import type { Command } from '../command.ts'
import { enough, listed } from '../show/listed.ts'
import { since } from '../show/moments.ts'
import { dim, entries } from '../show/table.ts'

export const handoffs: Command = {
  name: 'handoffs',
  usage: '[--session id]',
  does: 'What was handed to a person, newest first, and why.',
  words: { min: 0, max: 0 },
  options: { session: { type: 'string' } },
  async run({ tenant, options, now }) {
    const query = new URLSearchParams({ limit: enough() })
    if (typeof options['session'] === 'string') query.set('session_id', options['session'])
    const found = await (await tenant('read')).get<{ handoffs: HandoffView[] }>(`/api/handoffs?${query.toString()}`)
    const { rows, more } = listed(found.handoffs)
    const all = rows.map(({ conversationId, createdAt, state, takenBy, reason, summary, sessionId, deadNotice }) => ({
      cells: [conversationId, since(createdAt, now()), state === 'taken' ? `taken by ${takenBy ?? 'somebody'}` : state],
      below: [
        ['why', `${reason}${summary === '' ? '' : `: ${summary}`}`] as const,
        ...(sessionId === null ? [] : [['session', sessionId] as const]),
        ...(deadNotice && state !== 'closed' ? [['untold', untold(deadNotice)] as const] : []),
      ],
    }))
    const text =
      all.length === 0
        ? 'no handoffs'
        : [
            entries(['conversation', 'asked', 'state'], all),
            ...more,
            '',
            dim('Take one: copse owner <conversation> human, then copse say <conversation> "…"'),
          ].join('\n')
    return { text, data: { handoffs: rows } }
  },
}

const untold = ({ number, error }: NonNullable<HandoffView['deadNotice']>): string =>
  `reached none of your people: ${error}. Once that is repaired: copse redrive notice ${number}`
