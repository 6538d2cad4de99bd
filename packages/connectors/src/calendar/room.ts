import type { Clock, Ids } from '@copse/contracts'
import type { OpeningHours } from '@copse/time'
import type { Database } from 'better-sqlite3'
import type { CalendarConfig } from './config.ts'
import type { Words } from './words.ts'

export interface Resource {
  name: string
  hours: OpeningHours
}

/** What every operation of one calendar works with. */
export interface Room {
  db: Database
  config: CalendarConfig
  zone: string
  /** At least one. */
  resources: readonly Resource[]
  words: Words
  clock: Clock
  ids: Ids
  probe: (point: 'changed' | 'committed') => void
}

/** A row of `appointments`. */
export interface Appointment {
  id: string
  resource: string
  contact: string
  name: string | null
  service: string | null
  starts_at: number
  ends_at: number
  busy_from: number
  busy_to: number
  state: 'booked' | 'cancelled'
}
