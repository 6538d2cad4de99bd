import { randomUUID } from 'node:crypto'
import type { CounterName, HistogramName } from './metrics.ts'

/** Time, ids and chance come from outside, so that a test or a replay can decide them. */
export interface Clock {
  /** Milliseconds since 1970 UTC. */
  now(): number
}

export interface Ids {
  newId(): string
}

export const systemClock: Clock = { now: () => Date.now() }
export const randomIds: Ids = { newId: () => timeOrdered(Date.now(), randomUUID()) }

/** UUID version 7: what is new stands together in every index, so that storage writes few pages for many rows. */
function timeOrdered(now: number, random: string): string {
  const at = now.toString(16).padStart(12, '0')
  return `${at.slice(0, 8)}-${at.slice(8)}-7${random.slice(15)}`
}

export interface Logger {
  debug(fields: object, message: string): void
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
  error(fields: object, message: string): void
  child(fields: object): Logger
}

export interface Meter {
  count(name: CounterName, by?: number, labels?: Record<string, string>): void
  observe(name: HistogramName, value: number, labels?: Record<string, string>): void
}

export const silentLogger: Logger = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  child: () => silentLogger,
}
export const silentMeter: Meter = { count() {}, observe() {} }
