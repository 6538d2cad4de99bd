import type { Temporal } from 'temporal-polyfill'

/** Times on the wall at which something comes, in a calendar without clock changes: zones come after. */
export interface CivilTimes {
  /** Strictly after; undefined when there is no more. */
  next(after: Temporal.PlainDateTime): Temporal.PlainDateTime | undefined
  /** It comes in every hour of its days: then it follows elapsed hours through a clock change. */
  everyHour: boolean
}
