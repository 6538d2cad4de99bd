import { slotsOf, type Slot } from '@copse/time'
import type { Resource, Room } from './room.ts'

const minuteMs = 60_000

export interface Wanted {
  resources: readonly Resource[]
  durationMs: number
  from: number
  to: number
  now: number
  /** An appointment that does not count: it is the one to be moved. */
  except?: string
}

type Busy = { from: number; to: number }

export interface Offer extends Slot {
  /** Who is free then, in the order of the calendar. */
  resources: string[]
}

/** Slots at which at least one of the resources is free, in order. */
export function offersOf(room: Room, wanted: Wanted): Offer[] {
  const { config } = room
  const byStart = new Map<number, Offer>()
  for (const { name, hours } of wanted.resources) {
    const slots = slotsOf({
      hours,
      zone: room.zone,
      durationMs: wanted.durationMs,
      stepMs: (config.stepMin ?? config.durationMin) * minuteMs,
      bufferBeforeMs: config.bufferBeforeMin * minuteMs,
      bufferAfterMs: config.bufferAfterMin * minuteMs,
      noticeMs: config.noticeMin * minuteMs,
      horizonDays: config.horizonDays,
      busy: busyOf(room, name, wanted),
      from: wanted.from,
      to: wanted.to,
      now: wanted.now,
    })
    for (const slot of slots) {
      const offer = byStart.get(slot.start)
      if (offer) offer.resources.push(name)
      else byStart.set(slot.start, { ...slot, resources: [name] })
    }
  }
  return [...byStart.values()].toSorted((one, other) => one.start - other.start)
}

const busyOf = ({ db, config }: Room, resource: string, { now, except = '' }: Wanted): Busy[] =>
  db
    .prepare<[string, number, string], Busy>(
      `SELECT busy_from AS "from", busy_to AS "to" FROM appointments
       WHERE state = 'booked' AND resource = ? AND busy_to > ? AND id <> ?`,
    )
    .all(resource, now - config.bufferBeforeMin * minuteMs, except)
