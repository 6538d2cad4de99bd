import type { EffectView } from '@copse/contracts'
import type { Command } from '../command.ts'
import { since } from '../show/moments.ts'
import { shortKey } from '../show/short-key.ts'
import { table } from '../show/table.ts'

export const effects: Command = {
  name: 'effects',
  usage: '[--session id] [--uncertain]',
  does: 'What was done outside, and what nobody knows the outcome of.',
  words: { min: 0, max: 0 },
  options: { session: { type: 'string' }, uncertain: { type: 'boolean' } },
  async run({ tenant, options, now }) {
    const query = new URLSearchParams()
    if (typeof options['session'] === 'string') query.set('session_id', options['session'])
    if (options['uncertain'] === true) query.set('state', 'uncertain')
    const found = await (await tenant('read')).get<{ effects: EffectView[] }>(`/api/effects?${query.toString()}`)
    const rows = found.effects.map(({ key, name, state, args, startedAt, attempts }) => [
      shortKey(key),
      name,
      state,
      String(attempts),
      since(startedAt, now()),
      JSON.stringify(args),
    ])
    const text =
      rows.length === 0
        ? 'no effects'
        : table(['key', 'operation', 'state', 'tries', 'begun', 'with'], rows) +
          (found.effects.some(({ state }) => state === 'uncertain')
            ? '\n\nLook outside whether it happened, then: copse resolve <key> confirmed|failed|retry --why "…"'
            : '')
    return { text, data: found }
  },
}
