import type { Room } from '../room.ts'
import { scheduleOf } from './schedules.ts'

/** Nearer than this, a timer comes soon enough. */
const soonMs = 60 * 60 * 1000

/**
 * While the clock ran ahead, recurring timers were planned for days that are far off by the right time: they come next
 * when they would have. What came already does not come again.
 */
export function replan({ sql }: Pick<Room, 'sql'>, now: number): void {
  const far = sql.all<{ seq: number; schedule: string; zone: string; dueAt: number }>(
    `SELECT seq, schedule, zone, due_at AS dueAt FROM timers INDEXED BY timers_recurring
     WHERE state = 'waiting' AND schedule IS NOT NULL AND due_at > ?`,
    [now + soonMs],
  )
  for (const { seq, schedule, zone, dueAt } of far) {
    const next = scheduleOf(schedule, zone).next(now)
    if (next && next.at < dueAt)
      sql.run('UPDATE timers SET due_at = ?, occurrence = ? WHERE seq = ?', [next.at, next.id, seq])
  }
}
