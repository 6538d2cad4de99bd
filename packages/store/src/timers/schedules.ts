import { Fault, type Misfire } from '@copse/contracts'
import { isZone, nextAfter, schedule as scheduleShape, settle, type Decision, type Occurrence } from '@copse/time'

export interface KeptSchedule {
  next(after: number): Occurrence | undefined
  /** What becomes of what came due after `after`. */
  settle(after: number, now: number, misfire: Misfire | undefined): Decision & { next: Occurrence | undefined }
}

/** A schedule as a timer keeps it. */
export function scheduleOf(text: string, zone: string): KeptSchedule {
  const parsed = scheduleShape.safeParse(JSON.parse(text))
  if (!parsed.success) throw new Fault('internal', { detail: `A timer has no schedule: ${parsed.error.message}` })
  if (!isZone(zone)) throw new Fault('internal', { detail: `A timer has no zone: ${zone}` })
  const schedule = parsed.data
  return {
    next: (after) => nextAfter(schedule, zone, after),
    settle: (after, now, misfire) => settle({ schedule, zone, after, now, ...(misfire ? { misfire } : {}) }),
  }
}
