import type { SessionView } from '@copse/contracts'
import type { Command } from '../command.ts'
import { since } from '../show/moments.ts'
import { table } from '../show/table.ts'

export const sessions: Command = {
  name: 'sessions',
  usage: '[--user id [--channel name]] [--limit n]',
  does: 'The newest sessions, or those of one customer.',
  words: { min: 0, max: 0 },
  options: { user: { type: 'string' }, channel: { type: 'string' }, limit: { type: 'string' } },
  async run({ tenant, options, now }) {
    const query = new URLSearchParams({ limit: String(options['limit'] ?? 20) })
    if (typeof options['user'] === 'string') query.set('user_id', options['user'])
    if (typeof options['channel'] === 'string') query.set('channel', options['channel'])
    const found = await (await tenant('read')).get<{ sessions: SessionView[] }>(`/api/sessions?${query.toString()}`)
    const rows = found.sessions.map(({ id, intent, step, status, updatedAt }) => [
      id,
      intent,
      status,
      step ?? '',
      since(updatedAt, now()),
    ])
    const text =
      rows.length === 0 ? 'no sessions' : table(['session', 'procedure', 'status', 'step', 'last turn'], rows)
    return { text, data: found }
  },
}
