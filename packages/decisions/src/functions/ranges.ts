import { includes } from '../values/compare.ts'
import { same } from '../values/equal.ts'
import { order } from '../values/order.ts'
import { kindOf, Range, type Value } from '../values/value.ts'
import { parseRange } from '../values/range-text.ts'
import { define, overload, type Functions } from './define.ts'

/** A point is a range that holds nothing else. */
interface Span {
  low: Value
  high: Value
  lowIn: boolean
  highIn: boolean
}

const spanOf = (value: Value): Span | undefined => {
  if (!(value instanceof Range)) return { low: value, high: value, lowIn: true, highIn: true }
  const { low = null, high = null, lowIncluded, highIncluded } = value
  return { low, high, lowIn: lowIncluded, highIn: highIncluded }
}

type Relation = (a: Span, b: Span, order: (a: Value, b: Value) => number) => boolean

/** Null when ends that must be compared cannot be. */
const relation = (parameters: string, holds: Relation) =>
  overload(parameters, ([first = null, second = null]) => {
    const [a, b] = [spanOf(first), spanOf(second)]
    if (!a || !b) return null
    let known = true
    const between = (x: Value, y: Value): number => {
      const result = order(x, y)
      if (result === undefined) known = false
      return result ?? Number.NaN
    }
    const result = holds(a, b, between)
    return known ? result : null
  })

const point = 'number | string | date | time | date and time | years and months duration | days and time duration'
const rangeOrPoint = `range | ${point}`

const before: Relation = (a, b, order) => {
  const between = order(a.high, b.low)
  return between < 0 || (between === 0 && (!a.highIn || !b.lowIn))
}
const meets: Relation = (a, b, order) => a.highIn && b.lowIn && order(a.high, b.low) === 0
/** a begins before b and ends in it. */
const overlapsBefore: Relation = (a, b, order) => {
  const low = order(a.low, b.low)
  const high = order(a.high, b.high)
  const meeting = order(a.high, b.low)
  const beginsBefore = low < 0 || (low === 0 && a.lowIn && !b.lowIn)
  const reaches = meeting > 0 || (meeting === 0 && a.highIn && b.lowIn)
  return beginsBefore && reaches && (high < 0 || (high === 0 && (!a.highIn || b.highIn)))
}
const overlaps: Relation = (a, b, order) => {
  const [first, second] = [order(a.high, b.low), order(b.high, a.low)]
  return (first > 0 || (first === 0 && a.highIn && b.lowIn)) && (second > 0 || (second === 0 && b.highIn && a.lowIn))
}
/** a ends where b ends. */
const finishes: Relation = (a, b, order) => {
  const low = order(a.low, b.low)
  return a.highIn === b.highIn && order(a.high, b.high) === 0 && (low > 0 || (low === 0 && (!a.lowIn || b.lowIn)))
}
/** a begins where b begins. */
const starts: Relation = (a, b, order) => {
  const high = order(a.high, b.high)
  return a.lowIn === b.lowIn && order(a.low, b.low) === 0 && (high < 0 || (high === 0 && (!a.highIn || b.highIn)))
}

const flipped =
  (holds: Relation): Relation =>
  (a, b, order) =>
    holds(b, a, order)

const contained = (parameters: string, swap: boolean) =>
  overload(parameters, ([first = null, second = null]) => {
    const [outer, inner] = swap ? [second, first] : [first, second]
    return outer instanceof Range ? includes(outer, inner) : null
  })

export const rangeFunctions: Functions = {
  before: define(relation(`point1: ${rangeOrPoint}, point2: ${rangeOrPoint}`, before)),
  after: define(relation(`point1: ${rangeOrPoint}, point2: ${rangeOrPoint}`, flipped(before))),
  meets: define(relation('range1: range, range2: range', meets)),
  'met by': define(relation('range1: range, range2: range', flipped(meets))),
  overlaps: define(relation('range1: range, range2: range', overlaps)),
  'overlaps before': define(relation('range1: range, range2: range', overlapsBefore)),
  'overlaps after': define(relation('range1: range, range2: range', flipped(overlapsBefore))),
  finishes: define(
    relation(`point: ${point}, range: range`, (a, b, order) => b.highIn && order(a.low, b.high) === 0),
    relation('range1: range, range2: range', finishes),
  ),
  'finished by': define(
    relation(`range: range, point: ${point}`, (a, b, order) => a.highIn && order(a.high, b.low) === 0),
    relation('range1: range, range2: range', flipped(finishes)),
  ),
  starts: define(
    relation(`point: ${point}, range: range`, (a, b, order) => b.lowIn && order(a.low, b.low) === 0),
    relation('range1: range, range2: range', starts),
  ),
  'started by': define(
    relation(`range: range, point: ${point}`, (a, b, order) => a.lowIn && order(a.low, b.low) === 0),
    relation('range1: range, range2: range', flipped(starts)),
  ),
  includes: define(contained(`range: range, point: ${point}`, false), contained('range1: range, range2: range', false)),
  during: define(contained(`point: ${point}, range: range`, true), contained('range1: range, range2: range', true)),
  coincides: define(
    overload(`point1: ${rangeOrPoint}, point2: ${rangeOrPoint}`, ([a = null, b = null], env) =>
      kindOf(a) === kindOf(b) ? same(a, b, env.budget.take) : null,
    ),
  ),
  range: define(overload('from: string', ([text]) => parseRange(text as string) ?? null)),
}
