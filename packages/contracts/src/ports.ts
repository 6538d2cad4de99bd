/** Time, ids and chance come from outside, so that a test or a replay can decide them. */
export interface Clock {
  /** Milliseconds since 1970 UTC. */
  now(): number
}

export interface Ids {
  newId(): string
}

export const systemClock: Clock = { now: () => Date.now() }
export const randomIds: Ids = { newId: () => crypto.randomUUID() }

export interface Logger {
  debug(fields: object, message: string): void
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
  error(fields: object, message: string): void
  child(fields: object): Logger
}

export interface Meter {
  count(name: string, by?: number, labels?: Record<string, string>): void
  observe(name: string, value: number, labels?: Record<string, string>): void
}

export const silentLogger: Logger = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  child: () => silentLogger,
}
export const silentMeter: Meter = { count() {}, observe() {} }
