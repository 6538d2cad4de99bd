import { dayAt, dayMs, dayNumber, hourMs, isoDate, minuteMs, startOfDay } from '../comparing/dates.ts'
import { numeric } from '../comparing/numeric.ts'
import type { Env, Window } from '../condition.ts'
import { Refusal } from '../refusal.ts'
import type { Cursor } from '../text/cursor.ts'
import { timeOf, together } from '../typing/sort.ts'
import { checkPath, printPath } from '../words.ts'
import type { Operator } from './operator.ts'

type Unit = Window['unit']
const unitMs: Record<Unit, number> = { days: dayMs, hours: hourMs, minutes: minuteMs }
const isUnit = (unit: unknown): unit is Unit => typeof unit === 'string' && Object.hasOwn(unitMs, unit)
const weekDays = 7

/**
 * `within N days`: at most N, N included; `outside` is the negation. A number (or text that spells one) is an age that
 * somebody counted already, and is compared as it is. A date is measured from now, before or after. A date without a
 * time of day counts in whole days of the tenant's zone: what was ordered on the 1st is 30 days old all through the
 * 31st. Weeks are another way to write days.
 */
export const window: Operator<Window> = {
  ops: ['within', 'outside'],
  structured: {
    within_days: structured('within', 'days'),
    outside_days: structured('outside', 'days'),
    within_hours: structured('within', 'hours'),
    outside_hours: structured('outside', 'hours'),
    within_minutes: structured('within', 'minutes'),
    outside_minutes: structured('outside', 'minutes'),
    within_weeks: structured('within', 'days', weekDays),
    outside_weeks: structured('outside', 'days', weekDays),
  },
  read(tokens, field) {
    const op = tokens.is('within') ? 'within' : 'outside'
    if (!tokens.takeIf(op)) return undefined
    const number = tokens.peek()
    const amount = tokens.number()
    if (amount < 0) tokens.refuse('A span of time is not negative.', `Write ${-amount}.`, number)
    const [unit, times] = unitOf(tokens)
    if (!Number.isFinite(amount * times)) {
      tokens.refuse(`${tokens.source(number)} is too large.`, 'Write a smaller number.', number)
    }
    return { op, field, amount: amount * times, unit }
  },
  check({ op, field, amount, unit }) {
    if (typeof amount !== 'number' || !Number.isFinite(amount) || amount < 0) {
      throw new Refusal('A span of time is a number, 0 or more.', { fix: 'Write a number such as 30.' })
    }
    if (!isUnit(unit)) throw new Refusal('`unit` is days, hours or minutes.')
    return { op: op === 'within' ? 'within' : 'outside', field: checkPath(field), amount: amount + 0, unit }
  },
  print: ({ op, field, amount, unit }) => `${printPath(field)} ${op} ${amount} ${unit}`,
  operands: () => [],
  looks: () => ['window'],
  misuses({ field }, { left }) {
    const answered = left === undefined ? 'always' : together(left.sorts.map(timeOf))
    if (left === undefined || answered === 'always') return []
    const fix = 'Name a date, or a number that somebody counted.'
    if (answered === 'never') {
      return [{ code: 'no_time', field, message: `\`${field}\` is ${left.what}, not a date or a number.`, fix }]
    }
    const message = `\`${field}\` is ${left.what}, which need not be a date or a number.`
    return [{ code: 'may_be_unknown', field, message, fix: 'Declare it as a date or a number.' }]
  },
  compile({ op, amount, unit }) {
    const within = op === 'within'
    return (actual, env) => {
      const span = distance(actual, unit, env)
      return span === undefined ? undefined : span <= amount === within
    }
  },
}

function structured(op: Window['op'], unit: Unit, times = 1) {
  return (field: string, amount: unknown): object => ({
    op,
    field,
    amount: typeof amount === 'number' ? amount * times : amount,
    unit,
  })
}

function unitOf(tokens: Cursor): [unit: Unit, times: number] {
  if (tokens.takeIf('days') || tokens.takeIf('day')) return ['days', 1]
  if (tokens.takeIf('hours') || tokens.takeIf('hour')) return ['hours', 1]
  if (tokens.takeIf('minutes') || tokens.takeIf('minute')) return ['minutes', 1]
  if (tokens.takeIf('weeks') || tokens.takeIf('week')) return ['days', weekDays]
  return tokens.refuse(
    `Expected \`days\`, \`hours\`, \`minutes\` or \`weeks\`, found ${tokens.source()}.`,
    'Write for example `within 30 days`.',
  )
}

/** In units, from now; undefined where there is no telling. */
function distance(actual: unknown, unit: Unit, env: Env): number | undefined {
  if (typeof actual === 'number') return Number.isFinite(actual) ? actual : undefined
  if (typeof actual !== 'string') return undefined
  const date = isoDate(actual)
  if (!date) return numeric(actual)
  if (!date.wholeDay) return Math.abs(env.now - date.instantMs) / unitMs[unit]
  const day = dayNumber(date, env)
  if (unit === 'days') return Math.abs(dayAt(env.now, env) - day)
  return Math.abs(env.now - startOfDay(day, env)) / unitMs[unit]
}
