import { dayMs, hourMs, isoDate } from '../comparing/dates.ts'
import { numeric } from '../comparing/numeric.ts'
import type { Window } from '../condition.ts'
import { Refusal } from '../refusal.ts'
import type { Cursor } from '../text/cursor.ts'
import { checkPath, printPath } from '../words.ts'
import type { Operator } from './operator.ts'

/**
 * `within N days`: at most N, N included; `outside` is the negation. A number (or text that spells one) is an age that
 * somebody counted already, and is compared as it is. A date is measured from now, before or after. A date without a
 * time of day is a UTC day and counts in whole days: what was ordered on the 1st is 30 days old all through the 31st.
 */
export const window: Operator<Window> = {
  ops: ['within', 'outside'],
  structured: {
    within_days: structured('within', 'days'),
    outside_days: structured('outside', 'days'),
    within_hours: structured('within', 'hours'),
    outside_hours: structured('outside', 'hours'),
  },
  read(tokens, field) {
    const op = tokens.is('within') ? 'within' : 'outside'
    if (!tokens.takeIf(op)) return undefined
    const number = tokens.peek()
    const amount = tokens.number()
    if (amount < 0) tokens.refuse('A span of time is not negative.', `Write ${-amount}.`, number)
    return { op, field, amount, unit: unitOf(tokens) }
  },
  check({ op, field, amount, unit }) {
    if (typeof amount !== 'number' || !Number.isFinite(amount) || amount < 0) {
      throw new Refusal('A span of time is a number, 0 or more.', { fix: 'Write a number such as 30.' })
    }
    if (unit !== 'days' && unit !== 'hours') throw new Refusal('`unit` is days or hours.')
    return { op: op === 'within' ? 'within' : 'outside', field: checkPath(field), amount: amount + 0, unit }
  },
  print: ({ op, field, amount, unit }) => `${printPath(field)} ${op} ${amount} ${unit}`,
  others: () => [],
  compile({ op, amount, unit }) {
    const within = op === 'within'
    return (actual, { now }) => {
      const span = distance(actual, unit, now)
      return span === undefined ? undefined : span <= amount === within
    }
  },
}

function structured(op: Window['op'], unit: Window['unit']) {
  return (field: string, amount: unknown): Window => ({ op, field, amount: amount as number, unit })
}

function unitOf(tokens: Cursor): Window['unit'] {
  if (tokens.takeIf('days') || tokens.takeIf('day')) return 'days'
  if (tokens.takeIf('hours') || tokens.takeIf('hour')) return 'hours'
  tokens.refuse(`Expected \`days\` or \`hours\`, found ${tokens.source()}.`, 'Write for example `within 30 days`.')
}

function distance(actual: unknown, unit: Window['unit'], now: number): number | undefined {
  if (typeof actual === 'number') return Number.isFinite(actual) ? actual : undefined
  if (typeof actual !== 'string') return undefined
  const date = isoDate(actual)
  if (!date) return numeric(actual)
  if (unit === 'hours') return Math.abs(now - date.instantMs) / hourMs
  return date.wholeDay ? Math.abs(Math.floor(now / dayMs) - date.day) : Math.abs(now - date.instantMs) / dayMs
}
