import type { TimerSpec } from '@copse/contracts'

/** The one that rings first of those that ring by then. What recurs is not waited for. */
export function dueBy(timers: Iterable<TimerSpec>, now: number) {
  const due = [...timers].flatMap((timer) => ('at' in timer.when ? [{ ...timer, dueAt: timer.when.at }] : []))
  const [first] = due.filter(({ dueAt }) => dueAt <= now).sort((a, b) => a.dueAt - b.dueAt)
  if (!first) return undefined
  const { key, sessionId, data = {}, dueAt } = first
  const firing = { key, dueAt, occurrence: String(dueAt), lateMs: 0, backfilled: false, data }
  const event = { kind: 'timer' as const, data: firing, ...(sessionId === undefined ? {} : { sessionId }) }
  return { key, dueAt, event }
}
