import type { EffectView } from '@copse/contracts'
import type { Command } from '../command.ts'
import { enough, listed } from '../show/listed.ts'
import { since } from '../show/moments.ts'
import { shortKey } from '../show/short-key.ts'
import { entries } from '../show/table.ts'

export const effects: Command = {
  name: 'effects',
  usage: '[--session id] [--uncertain]',
  does: 'What was done outside, and what nobody knows the outcome of.',
  words: { min: 0, max: 0 },
  options: { session: { type: 'string' }, uncertain: { type: 'boolean' } },
  async run({ tenant, options, now }) {
    const query = new URLSearchParams({ limit: enough() })
    if (typeof options['session'] === 'string') query.set('session_id', options['session'])
    if (options['uncertain'] === true) query.set('state', 'uncertain')
    const found = await (await tenant('read')).get<{ effects: EffectView[] }>(`/api/effects?${query.toString()}`)
    const { rows, more } = listed(found.effects)
    const header = ['key', 'operation', 'state', 'tries', 'begun']
    const uncertain = rows.some(({ state }) => state === 'uncertain')
      ? ['Look outside whether it happened, then:\n  copse resolve <key> confirmed|failed|retry --why "…"']
      : []
    const text =
      rows.length === 0
        ? ['no effects']
        : [
            entries(
              header,
              rows.map((row) => entryOf(row, now())),
            ),
            ...more,
          ]
    return { text: [text.join('\n'), ...uncertain].join('\n\n'), data: { effects: rows } }
  },
}

const entryOf = ({ key, name, state, args, startedAt, attempts, outcome, sessionId }: EffectView, now: number) => ({
  cells: [shortKey(key), name, state, String(attempts), since(startedAt, now)],
  below: [
    ...(outcome && 'reason' in outcome ? [['why', `${outcome.code}: ${outcome.reason}`] as const] : []),
    ['with', JSON.stringify(args)] as const,
    ...(sessionId === null ? [] : [['session', sessionId] as const]),
  ],
})
