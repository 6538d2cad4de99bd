import type { Budget } from '../budget.ts'
import type { Notes } from '../problem.ts'
import { CalendarDate } from './date.ts'
import { MonthSpan, TimeSpan } from './duration.ts'
import { Moment } from './moment.ts'
import { ClockTime } from './time.ts'

/**
 * What an expression can be while it is evaluated. Contexts are objects whose own properties alone are looked at; those
 * made here have no prototype. A value is never changed once it was made, so values share their parts.
 */
export type Value =
  | null
  | boolean
  | number
  | string
  | CalendarDate
  | ClockTime
  | Moment
  | MonthSpan
  | TimeSpan
  | Range
  | FunctionValue
  | readonly Value[]
  | Context

export interface Context {
  readonly [key: string]: Value
}

/** Everything between two ends; an end that is undefined is open to that side. */
export class Range {
  readonly low: Value | undefined
  readonly high: Value | undefined
  readonly lowIncluded: boolean
  readonly highIncluded: boolean

  constructor(low: Value | undefined, high: Value | undefined, lowIncluded: boolean, highIncluded: boolean) {
    this.low = low
    this.high = high
    this.lowIncluded = lowIncluded
    this.highIncluded = highIncluded
  }
}

/** Where names are looked up: the inner scope first. Undefined is "no such name"; null is a value. */
export interface Scope {
  get(name: string): Value | undefined
}

/** What an expression may look at while it is evaluated. */
export interface Env {
  readonly scope: Scope
  readonly budget: Budget
  /** `?`: what a unary test is asked about. */
  readonly subject: Value
  /** Of `now()` and `today()`, epoch milliseconds; without it they are null. */
  readonly nowMs: number | undefined
  readonly notes?: Notes
}

/** One way to call a function. */
export interface Overload {
  readonly parameters: readonly Parameter[]
  /** Undefined for a parameter that may be left out and was. */
  run(args: readonly (Value | undefined)[], env: Env): Value
}

export interface Parameter {
  readonly name: string
  /** The argument as the function needs it, undefined when it does not fit. */
  accept(value: Value): Value | undefined
  readonly optional?: boolean
  /** Takes all further arguments; always the last. */
  readonly variadic?: boolean
}

export class FunctionValue {
  readonly overloads: readonly Overload[]

  constructor(overloads: readonly Overload[]) {
    this.overloads = overloads
  }
}

export type Kind =
  | 'null'
  | 'boolean'
  | 'number'
  | 'string'
  | 'date'
  | 'time'
  | 'date and time'
  | 'years and months duration'
  | 'days and time duration'
  | 'range'
  | 'function'
  | 'list'
  | 'context'

export function kindOf(value: Value | undefined): Kind {
  const type = typeof value
  if (type === 'number' || type === 'string' || type === 'boolean') return type
  if (value === null || value === undefined) return 'null'
  if (Array.isArray(value)) return 'list'
  if (value instanceof CalendarDate) return 'date'
  if (value instanceof Moment) return 'date and time'
  if (value instanceof ClockTime) return 'time'
  if (value instanceof MonthSpan) return 'years and months duration'
  if (value instanceof TimeSpan) return 'days and time duration'
  if (value instanceof Range) return 'range'
  return value instanceof FunctionValue ? 'function' : 'context'
}

export const isList = (value: Value | undefined): value is readonly Value[] => Array.isArray(value)
export const isContext = (value: Value | undefined): value is Context =>
  typeof value === 'object' && kindOf(value) === 'context'

/** A context that no key can surprise. */
export const newContext = (): Record<string, Value> => Object.create(null) as Record<string, Value>
