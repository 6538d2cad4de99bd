import type { TimerFiring, TimerSpec } from '@copse/contracts'
import { nextAfter, schedule } from '@copse/time'

/** A timer, with when it rings next. */
export interface Alarm extends TimerSpec {
  dueAt: number
  occurrence: string
}

/** Undefined: it never rings again. */
function alarmAfter(timer: TimerSpec, now: number): Alarm | undefined {
  const { when } = timer
  if ('at' in when) return { ...timer, dueAt: when.at, occurrence: String(when.at) }
  const next = nextAfter(schedule.parse(when.schedule), when.zone, now)
  return next && { ...timer, dueAt: next.at, occurrence: next.id }
}

/** What was set under the key before is replaced. */
export function setAlarm(alarms: Map<string, Alarm>, timer: TimerSpec, now: number): void {
  const alarm = alarmAfter(timer, now)
  if (alarm) alarms.set(timer.key, alarm)
  else alarms.delete(timer.key)
}

export const isRecurring = ({ when }: TimerSpec): boolean => 'schedule' in when

/** The one that rings first of those that ring by then. It is taken out, and what recurs is set for its next time. */
export function ringNext(alarms: Map<string, Alarm>, now: number) {
  const [first] = [...alarms.values()].filter(({ dueAt }) => dueAt <= now).sort((a, b) => a.dueAt - b.dueAt)
  if (!first) return undefined
  const { key, sessionId, data = {}, dueAt, occurrence } = first
  alarms.delete(key)
  if (isRecurring(first)) setAlarm(alarms, first, dueAt)
  const firing: TimerFiring = { key, dueAt, occurrence, lateMs: 0, backfilled: false, data }
  const event = { kind: 'timer' as const, data: { ...firing }, ...(sessionId === undefined ? {} : { sessionId }) }
  return { key, dueAt, event, isRecurring: isRecurring(first) }
}
