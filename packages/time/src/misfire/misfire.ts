import type { Misfire } from '@copse/contracts'
import type { Occurrence } from '../recurrence/next.ts'
import { latestBetween, nextAfter, occurrencesBetween } from '../recurrence/occurrences.ts'
import type { Schedule } from '../recurrence/schedule.ts'

export interface Firing extends Occurrence {
  lateMs: number
  /** It was missed: it fires later than the grace allows. */
  backfilled: boolean
}

export interface Decision {
  /** In the order in which they were due. */
  fire: Firing[]
  skipped: Occurrence[]
}

const defaultGraceMs = 5 * 60_000
/** What one catching up can send, and what is looked at one by one. */
const mostCaughtUp = 100
const defaultCaughtUp = 10

/**
 * What becomes of occurrences that are due, in order. Whatever waited together fires as one, the latest; `skip` fires it
 * only within the grace; `catch_up` fires the latest `max`, each.
 */
export function decide(due: readonly Occurrence[], now: number, misfire?: Misfire): Decision {
  const graceMs = misfire?.graceMs ?? defaultGraceMs
  const firings = due.map((occurrence) => {
    const lateMs = Math.max(0, now - occurrence.at)
    return { ...occurrence, lateMs, backfilled: lateMs > graceMs }
  })
  const kept = firings.slice(Math.max(0, firings.length - mostFiring(misfire)))
  const fire = misfire?.policy === 'skip' ? kept.filter(({ backfilled }) => !backfilled) : kept
  return { fire, skipped: due.slice(0, due.length - fire.length) }
}

function mostFiring(misfire: Misfire | undefined): number {
  if (misfire?.policy !== 'catch_up') return 1
  return Math.min(mostCaughtUp, Math.max(1, misfire.max ?? defaultCaughtUp))
}

/**
 * Decides on what came due since `after`, the last occurrence that was decided on, or the instant at which the schedule
 * began. When the clock was set back behind it nothing is due, and what comes next is what came next before. Where more
 * was missed than is ever caught up, only those that can fire are looked at; the others are skipped without being named.
 */
export function settle(given: {
  schedule: Schedule
  zone: string
  after: number
  now: number
  misfire?: Misfire
}): Decision & { next: Occurrence | undefined } {
  const { schedule, zone, after, now, misfire } = given
  const first = occurrencesBetween(schedule, zone, after, now, mostCaughtUp)
  const due = first.length < mostCaughtUp ? first : latestBetween(schedule, zone, after, now, mostFiring(misfire))
  return { ...decide(due, now, misfire), next: nextAfter(schedule, zone, Math.max(after, now)) }
}
