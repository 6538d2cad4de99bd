import { dayAt, dayMs, hourMs, isoDate, minuteMs, startOfDay, type IsoDate } from '../comparing/dates.ts'
import type { At } from './cell.ts'
import type { Cuts } from './cuts.ts'

/** From year 100 to 9999, in whichever zone it is written. */
const firstDay = Date.UTC(100, 0, 1) / dayMs
const lastDay = Date.UTC(9999, 11, 31) / dayMs
const furthestOffset = '23:59'
const furthestOffsetMs = dayMs - minuteMs
const firstMs = firstDay * dayMs - furthestOffsetMs
const lastMs = lastDay * dayMs + dayMs - 1 + furthestOffsetMs
const unitMs = { days: dayMs, hours: hourMs, minutes: minuteMs }

/** Whole numbers, cut where some comparison can change; `starts` are the first numbers after each cut. */
interface Axis {
  starts: number[]
  first: number
  last: number
}

/** A stretch of whole days, or of moments. */
export interface Span {
  key: string
  label: string
  /** The first one is to be shown. */
  samples: string[]
  /** Nothing cuts it. */
  rest: boolean
  /** The same for days and the moments on them. */
  extent: string
}

/** Dates without and with a time of day are compared differently, so each have their own cuts. */
export interface Calendar {
  keyOf: (date: IsoDate) => string
  spans: Span[]
}

export function calendar({ dates, windows }: Cuts, at: At): Calendar {
  const days: number[] = []
  const moments: number[] = []
  for (const text of dates) {
    const date = isoDate(text)
    if (!date) continue
    const day = date.wholeDay ? date.instantMs / dayMs : dayAt(date.instantMs, at)
    days.push(day, day + 1)
    moments.push(
      ...(date.wholeDay ? [startOfDay(day, at), startOfDay(day + 1, at)] : [date.instantMs, date.instantMs + 1]),
    )
  }
  for (const { amount, unit } of windows) {
    const span = furthest(amount, unitMs[unit])
    moments.push(at.now - span, at.now + span + 1)
    const today = dayAt(at.now, at)
    if (unit === 'days') days.push(today - Math.floor(amount), today + Math.floor(amount) + 1)
    else days.push(firstDayFrom(at.now - span, at), firstDayFrom(at.now + span + 1, at))
  }
  const dayAxis = axis(days, firstDay, lastDay)
  const momentAxis = axis(moments, firstMs, lastMs)
  const startOf = (day: number): number =>
    day <= firstDay ? firstMs : day > lastDay ? lastMs + 1 : startOfDay(day, at)
  return {
    spans: [
      ...spansOf('day', dayAxis, dayText, startOf),
      ...spansOf('moment', momentAxis, momentText, (instantMs) => instantMs),
    ],
    keyOf: (date) =>
      date.wholeDay
        ? `day ${indexIn(dayAxis, date.instantMs / dayMs)}`
        : `moment ${indexIn(momentAxis, date.instantMs)}`,
  }
}

/** The longest time in milliseconds that counts as within the amount, rounding included. */
function furthest(amount: number, unit: number): number {
  let span = Math.floor(Math.min(amount * unit, 2 * lastMs))
  while (span < 2 * lastMs && (span + 1) / unit <= amount) span += 1
  while (span / unit > amount) span -= 1
  return span
}

/** The first day that begins then or later. */
function firstDayFrom(instantMs: number, at: At): number {
  const day = dayAt(Math.min(Math.max(instantMs, firstMs - dayMs), lastMs + dayMs), at)
  return startOfDay(day, at) >= instantMs ? day : day + 1
}

function axis(cuts: readonly number[], first: number, last: number): Axis {
  const starts = [...new Set(cuts)].filter((start) => start > first && start <= last).sort((a, b) => a - b)
  return { starts, first, last }
}

function spansOf(kind: string, line: Axis, write: Write, startOf: (value: number) => number): Span[] {
  const { starts, first, last } = line
  return [first, ...starts].map((from, index) => {
    const to = (starts[index] ?? last + 1) - 1
    const label = stretchLabel(write, line, from, to)
    return {
      key: `${kind} ${index}`,
      label: kind === 'day' ? label : momentLabel(label, from === to),
      samples: samples(write, line, from, to),
      rest: starts.length === 0,
      extent: `${startOf(from)} ${startOf(to + 1)}`,
    }
  })
}

const momentLabel = (label: string, one: boolean): string =>
  label === anyDate ? 'a date and time' : `the ${one ? 'moment' : 'moments'} ${label}`

/** How many cuts there are up to it. */
function indexIn({ starts }: Axis, value: number): number {
  let [low, high] = [0, starts.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((starts[middle] ?? 0) <= value) low = middle + 1
    else high = middle
  }
  return low
}

const anyDate = 'a date'
type Write = (value: number) => string

function stretchLabel(write: Write, { first, last }: Axis, from: number, to: number): string {
  if (from === first) return to === last ? anyDate : `before ${write(to + 1)}`
  if (to === last) return `from ${write(from)}`
  return from === to ? write(from) : `from ${write(from)} to ${write(to)}`
}

/** The ends that a cut made. */
const samples = (write: Write, { first, last }: Axis, from: number, to: number): string[] =>
  from === first && to === last ? [write(0)] : [from === first ? to : from, to === last ? from : to].map(write)

const dayText: Write = (day) => new Date(day * dayMs).toISOString().slice(0, 10)

function momentText(instantMs: number): string {
  const text = new Date(instantMs).toISOString().replace('.000Z', 'Z')
  if (isoDate(text)) return text
  const [sign, localMs] = instantMs < 0 ? ['+', instantMs + furthestOffsetMs] : ['-', instantMs - furthestOffsetMs]
  return new Date(localMs).toISOString().replace('Z', `${sign}${furthestOffset}`)
}
