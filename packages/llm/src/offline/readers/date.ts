import { Temporal } from '@copse/time'
import type { Field } from '@copse/contracts'
import { perField } from '../per-field.ts'
import { lastMeant, type Found, type Reader } from '../reading.ts'
import { plain } from '../words.ts'
import { namesOf } from './called.ts'
import { dayOrder, type DayOrder } from './day-order.ts'
import { monthName, monthOf, relative, weekdayName, weekdayOf } from './day-words.ts'
import { counted, countOf } from './spelled.ts'

/** What a form is read by. */
interface Given {
  today: Temporal.PlainDate
  order: DayOrder | undefined
  /** Days of this field lie ahead, or behind. */
  side: 'ahead' | 'behind' | undefined
  /** Without a year it could be any of a hundred days: somebody's birth. */
  needsYear: boolean
  /** What only looks like a day may be one: it was asked for, or is introduced as one. */
  isMeant: boolean
}

/** ISO dates of what was said. A date that may be two (03/04/2026 in English) is left to be asked again. */
export const readDate: Reader = (field, reading, asked) => {
  const text = plain(reading.text)
  // places are only comparable when folding kept the length; without places nothing could be claimed
  if (text.length !== reading.text.length) return undefined
  const { today: iso, language } = reading.task
  if (!/^\d{4}-\d\d-\d\d/.test(iso)) return undefined
  const today = Temporal.PlainDate.from(iso.slice(0, 10))
  // A birthday that is to be celebrated lies ahead.
  const side = sideOf(field, today) ?? (isBirth(field) ? 'behind' : undefined)
  const given = { today, order: dayOrder(language), side, needsYear: isBirth(field) && side === 'behind' }
  return lastMeant(
    reading,
    forms.flatMap(({ pattern, read }) =>
      [...text.matchAll(pattern)].flatMap((match): Found[] => {
        const isMeant = asked || introduced.test(text.slice(0, match.index))
        const value = read(match, { ...given, isMeant })?.toString()
        const { year, tail = '' } = match.groups ?? {}
        // What is no year is left to others.
        const end = match.index + match[0].length - (isYear(year, given.side) ? 0 : tail.length)
        return value === undefined ? [] : [{ start: match.index, end, value }]
      }),
    ),
  )
}

const introduced = /(?:\b(?:on|by|is|was|meant|el|es|era|dia|decir)|:) $/

/** "1985", "85", "'85". */
const aYear = String.raw`(?<tail>,?(?: de| del)? (?<year>'?\d\d|\d{4})(?![\d:'’]))?`

const forms: { pattern: RegExp; read: (match: RegExpMatchArray, given: Given) => Temporal.PlainDate | undefined }[] = [
  {
    pattern: /(?<![\w-])(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?![\w-])/g,
    read: ([, y, m, d]) => civil(Number(y), Number(m), Number(d)),
  },
  {
    pattern: /(?<![\w/.-])(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d\d)(?![\w/-])/g,
    read([, a, separator, b, y = ''], given) {
      // "15-01-27" may begin with its year.
      if (y.length === 2 && separator === '-') return undefined
      const [day, month] = inOrder(Number(a), Number(b), given.order) ?? []
      return day === undefined ? undefined : inYear(y, month!, day, given)
    },
  },
  {
    pattern: /(?<![\w/.-])(\d{1,2})\/(\d{1,2})(?![\w/-]|\.\d)/g,
    read([, a, b], given) {
      const [day, month] = inOrder(Number(a), Number(b), given.order) ?? []
      return day === undefined || !given.isMeant ? undefined : nearest(month!, day, given)
    },
  },
  {
    // In "3 December 7pm" and "3 December, 2 of us" the day stands before its month.
    pattern: new RegExp(
      String.raw`\b(?<!\d(?:st|nd|rd|th)?(?: of| de)? )(${monthName})\.? (\d{1,2})(?:st|nd|rd|th)?(?!\d| ?(?:am|pm|:)\b|:)${aYear}`,
      'g',
    ),
    read: ([, month = '', day, , year], given) => named(month, day, year, given),
  },
  {
    pattern: new RegExp(String.raw`\b(\d{1,2})(?:st|nd|rd|th)?(?: of| de)? (${monthName})\b${aYear}`, 'g'),
    read: ([, day, month = '', , year], given) => named(month, day, year, given),
  },
  {
    // "Por la mañana" is a time of the day.
    pattern: new RegExp(String.raw`\b(?<!\b(?:(?:por|de|en|a) la|esta) )(${Object.keys(relative).join('|')})\b`, 'g'),
    read: ([, word = ''], { today }) => today.add({ days: relative[word] ?? 0 }),
  },
  {
    pattern: /\b(?:tonight|this (?:morning|afternoon|evening)|esta (?:manana|tarde|noche))\b/g,
    // "I called this morning" books nothing.
    read: ([said], { today, isMeant, side }) =>
      isMeant || side === 'behind' || !/morning|manana/.test(said) ? today : undefined,
  },
  {
    pattern: new RegExp(String.raw`\b(${counted}) (days?|weeks?|months?|years?) ago\b`, 'g'),
    read: ([, count = '', unit = ''], { today }) => today.subtract(spanOf(count, unit)),
  },
  {
    pattern: new RegExp(String.raw`\bhace (${counted}) (dias?|semanas?|mes(?:es)?|anos?)\b`, 'g'),
    read: ([, count = '', unit = ''], { today }) => today.subtract(spanOf(count, unit)),
  },
  {
    pattern: new RegExp(
      String.raw`\b(?:in|en|dentro de) (?:about |unos |unas )?(${counted}) (days?|weeks?|months?|years?|dias?|semanas?|mes(?:es)?|anos?)\b`,
      'g',
    ),
    // "It came in three days" tells how long it took.
    read: ([, count = '', unit = ''], { today, isMeant, side }) =>
      isMeant || side === 'ahead' ? today.add(spanOf(count, unit)) : undefined,
  },
  {
    pattern: new RegExp(
      String.raw`\b(last |el pasado |next week,? (?:on )?|week (?:from|on|after) )?(?:(?:next|this|coming|el proximo) )?(${weekdayName})( pasado| next week| week|,? (?:de )?la (?:semana que viene|proxima semana))?\b`,
      'g',
    ),
    read([whole, before = '', name = '', after = ''], { today, side, needsYear }) {
      if (needsYear) return undefined
      const days = (weekdayOf(name) - today.dayOfWeek + 7) % 7 || 7
      const said = before + after
      // "On Monday" is the last one where days lie behind.
      if (said === '' && side === 'behind')
        return /^(?:next|coming|el proximo) /.test(whole) ? undefined : today.add({ days: days - 7 || -7 })
      if (/next week|que viene|proxima/.test(said)) return today.add({ days: 7 + weekdayOf(name) - today.dayOfWeek })
      if (said.includes('week')) return today.add({ days: days + 7 })
      return today.add({ days: said === '' ? days : days - 7 || -7 })
    },
  },
]

/** Day and month. Undefined: nobody can tell. */
function inOrder(first: number, second: number, order: DayOrder | undefined): [number, number] | undefined {
  if (first > 12 || first === second) return [first, second]
  if (second > 12) return [second, first]
  return order === undefined ? undefined : order === 'day first' ? [first, second] : [second, first]
}

function spanOf(count: string, unit: string): Temporal.DurationLike {
  const amount = countOf(count)
  if (unit.startsWith('d')) return { days: amount }
  if (/^(?:w|s)/.test(unit)) return { weeks: amount }
  return unit.startsWith('m') ? { months: amount } : { years: amount }
}

function named(month: string, day: string | undefined, year: string | undefined, given: Given) {
  return isYear(year, given.side)
    ? inYear(year.replace("'", ''), monthOf(month), Number(day), given)
    : nearest(monthOf(month), Number(day), given)
}

/** "3 December 20 of us": two digits are a year where days lie behind, or with the sign of what is left out. */
const isYear = (year: string | undefined, side: Given['side']): year is string =>
  year !== undefined && (year.length === 4 || year.startsWith("'") || side === 'behind')

/** Of two digits the year that can be meant: who was born in 85 was not in 2085. */
function inYear(year: string, month: number, day: number, { today, side }: Given): Temporal.PlainDate | undefined {
  if (year.length === 4) return civil(Number(year), month, day)
  const date = civil(2_000 + Number(year), month, day)
  const latest = side === 'behind' ? today : today.add({ years: 20 })
  return date && Temporal.PlainDate.compare(date, latest) <= 0 ? date : civil(1_900 + Number(year), month, day)
}

/** Without a year: the one that brings it nearest to today, on the side where the field's days lie. */
function nearest(month: number, day: number, given: Given): Temporal.PlainDate | undefined {
  const { today, side, needsYear } = given
  if (needsYear) return undefined
  const all = [-1, 0, 1].flatMap((more) => civil(today.year + more, month, day) ?? [])
  const meant = all.filter((one) => {
    const compared = Temporal.PlainDate.compare(one, today)
    return side === undefined || compared === 0 || compared > 0 === (side === 'ahead')
  })
  const distance = (one: Temporal.PlainDate): number => Math.abs(today.until(one).days)
  return meant.sort((a, b) => distance(a) - distance(b))[0]
}

/** Undefined for the 31st of February. */
function civil(year: number, month: number, day: number): Temporal.PlainDate | undefined {
  if (month < 1 || month > 12 || day < 1) return undefined
  const date = Temporal.PlainDate.from({ year, month, day })
  return date.day === day ? date : undefined
}

const isBirth = perField((field: Field) =>
  [...namesOf(field), field.description].some((words) =>
    /\b(?:birth(?:day|date)?|birthdate|born|dob|nacimiento|nacio|cumpleanos)\b/.test(plain(words)),
  ),
)

function sideOf({ min, max }: Field, today: Temporal.PlainDate): Given['side'] {
  if (isFrom(min, today, '+')) return 'ahead'
  return isFrom(max, today, '-') ? 'behind' : undefined
}

/** A bound that is today, or on this side of it. */
function isFrom(bound: Field['min'], today: Temporal.PlainDate, sign: '+' | '-'): boolean {
  if (typeof bound !== 'string') return false
  if (bound === 'today' || bound.startsWith(sign)) return true
  if (!/^\d{4}-\d\d-\d\d$/.test(bound)) return false
  const iso = today.toString()
  return sign === '+' ? bound >= iso : bound <= iso
}
