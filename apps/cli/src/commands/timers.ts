import type { TimerView } from '@copse/contracts'
import type { Command } from '../command.ts'
import { since, span } from '../show/moments.ts'
import { table } from '../show/table.ts'

export const timers: Command = {
  name: 'timers',
  usage: '[--session id]',
  does: 'What will happen by itself, and when.',
  words: { min: 0, max: 0 },
  options: { session: { type: 'string' } },
  async run({ tenant, options, now }) {
    const query = new URLSearchParams()
    if (typeof options['session'] === 'string') query.set('session_id', options['session'])
    const found = await (await tenant('read')).get<{ timers: TimerView[] }>(`/api/timers?${query.toString()}`)
    const rows = found.timers.map(({ key, state, dueAt, lateMs, schedule, zone }) => [
      key,
      state,
      since(dueAt, now()),
      lateMs === undefined ? '' : `${span(lateMs)} late`,
      schedule === undefined ? 'once' : `${JSON.stringify(schedule)} ${zone ?? ''}`,
    ])
    return { text: rows.length === 0 ? 'no timers' : table(['timer', 'state', 'due', '', 'when'], rows), data: found }
  },
}
