import type { Json } from '@copse/contracts'
import { schedule } from '@copse/time'
import type { Path } from '../parse/value.ts'
import { suggestion } from '../report/suggest.ts'
import type { FlowContext } from './context.ts'

/** When something recurs; reports what cannot be. */
export function readSchedule(given: Json, path: Path, { report }: FlowContext): Record<string, Json> | undefined {
  const found = schedule.safeParse(given)
  if (found.success) return { ...found.data }
  const fix = 'Write e.g. {daily: "09:00"}, {weekly: {on: [mon], at: "09:00"}} or {cron: "0 9 * * 1-5"}.'
  report.error('schedule_invalid', path, found.error.issues[0]?.message ?? 'This is no schedule.', { fix })
  return undefined
}

/** The name of a task there is; reports it when there is none. */
export function checkTask(name: string, path: Path, { report, tasks }: FlowContext): void {
  if (tasks.includes(name)) return
  const fix = suggestion(name, tasks) ?? `Add "${name}:" to tasks.`
  report.error('unknown_task', path, `There is no task "${name}".`, { fix })
}
