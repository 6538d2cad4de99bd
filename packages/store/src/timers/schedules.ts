import { Fault, type Misfire } from '@copse/contracts'
import { isZone, nextAfter, schedule as scheduleShape, settle, type Decision, type Occurrence } from '@copse/time'

export interface KeptSchedule {
  next(after: number): Occurrence | undefined
  /** What becomes of what came due after `after`. */
  settle(after: number, now: number, misfire: Misfire | undefined): Decision & { next: Occurrence | undefined }
}

/** A schedule as a timer keeps it. Undefined: this system knows its zone no longer, or this version its shape. */
export function readSchedule(text: string, zone: string): KeptSchedule | undefined {
  const parsed = scheduleShape.safeParse(JSON.parse(text))
  if (!parsed.success || !isZone(zone)) return undefined
  const schedule = parsed.data
  return {
    next: (after) => nextAfter(schedule, zone, after),
    settle: (after, now, misfire) => settle({ schedule, zone, after, now, ...(misfire ? { misfire } : {}) }),
  }
}

/** One that is set now. */
export function scheduleOf(text: string, zone: string): KeptSchedule {
  const found = readSchedule(text, zone)
  if (!found) throw new Fault('internal', { detail: `A timer has no schedule that can be read: ${zone} ${text}` })
  return found
}
