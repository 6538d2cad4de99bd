import type { Room } from '../room.ts'
import { readSchedule } from './schedules.ts'

type Planning = Pick<Room, 'sql' | 'commits'>

/**
 * While the clock ran ahead, recurring timers were planned for days that are far off by the right time: they come next
 * when they would have. What came already does not come again. Those due within `soonMs` come soon enough. Looking costs
 * no commit.
 */
export async function replan({ sql, commits }: Planning, now: number, soonMs: number): Promise<void> {
  const waiting = sql.all<{ seq: number; schedule: string; zone: string; dueAt: number }>(
    `SELECT seq, schedule, zone, due_at AS dueAt FROM timers INDEXED BY timers_recurring
     WHERE state = 'waiting' AND schedule IS NOT NULL AND due_at > ?`,
    [now + soonMs],
  )
  const late = waiting.flatMap(({ seq, schedule, zone, dueAt }) => {
    const next = readSchedule(schedule, zone)?.next(now)
    return next && next.at < dueAt ? [{ seq, dueAt, next }] : []
  })
  if (late.length === 0) return
  await commits.run(() => {
    for (const { seq, dueAt, next } of late) {
      // What was set anew meanwhile was planned by the right clock.
      sql.run('UPDATE timers SET due_at = ?, occurrence = ? WHERE seq = ? AND due_at = ?', [
        next.at,
        next.id,
        seq,
        dueAt,
      ])
    }
  })
}
