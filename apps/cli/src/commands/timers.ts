import type { TimerView } from '@copse/contracts'
import type { Command } from '../command.ts'
import { enough, listed } from '../show/listed.ts'
import { since, span } from '../show/moments.ts'
import { table } from '../show/table.ts'

export const timers: Command = {
  name: 'timers',
  usage: '[--session id] [--all]',
  does: 'What will happen by itself, and when; with --all also what did.',
  words: { min: 0, max: 0 },
  options: { session: { type: 'string' }, all: { type: 'boolean' } },
  async run({ tenant, options, now }) {
    const query = new URLSearchParams({ limit: enough() })
    if (typeof options['session'] === 'string') query.set('session_id', options['session'])
    const found = await (await tenant('read')).get<{ timers: TimerView[] }>(`/api/timers?${query.toString()}`)
    const { rows: first, more } = listed(found.timers)
    const timers = first
      .filter(({ state }) => options['all'] === true || state === 'waiting')
      .toSorted((a, b) => a.dueAt - b.dueAt)
    const rows = timers.map(({ key, state, dueAt, lateMs, schedule, zone }) => [
      key,
      state,
      since(dueAt, now()) + (lateMs ? `, ${span(lateMs)} late` : ''),
      schedule === undefined ? 'once' : `${JSON.stringify(schedule)} ${zone ?? ''}`,
    ])
    return {
      text: [rows.length === 0 ? 'no timers' : table(['timer', 'state', 'due', 'when'], rows), ...more].join('\n'),
      data: { timers },
    }
  },
}
