import type { Field, Json, JsonObject } from '@copse/contracts'
import type { ExtractTask } from '@copse/llm'
import { Temporal } from '@copse/time'
import { phrase, type Phrase } from '../phrases.ts'
import { fill, show } from '../say/template.ts'
import type { TurnScope } from '../turn-scope.ts'

/** Why a value is not taken, in the customer's words. */
interface ValueFault {
  key: string
  text: string
}

/**
 * What is wrong with what was found, and with what was asked for and given in a form that cannot be read: only what no
 * field took (`rest`) can be that, so the digits of a phone number are no attempt at a day.
 */
export function faultsIn(task: ExtractTask, found: JsonObject, scope: TurnScope, rest = task.message): ValueFault[] {
  return task.fields.flatMap((field) => {
    const value = found[field.key]
    const text =
      value !== undefined
        ? faultOf(field, value, scope)
        : task.asked.includes(field.key)
          ? unreadable(field, rest, scope)
          : undefined
    return text === undefined ? [] : [{ key: field.key, text }]
  })
}

/** Undefined: the value lies within the bounds of its field. */
export function faultOf({ type, min, max }: Field, value: Json, scope: TurnScope): string | undefined {
  if (type === 'date' && typeof value === 'string') {
    const [from, to] = [dayOf(min, scope), dayOf(max, scope)]
    if (from !== undefined && value < from) return told('too_early', { limit: dayIn(from, scope) }, scope)
    if (to !== undefined && value > to) return told('too_late', { limit: dayIn(to, scope) }, scope)
  }
  if (typeof value === 'number') {
    // Nobody means to pay or get back less than nothing, unless the author says so.
    const least = type === 'amount' ? (min ?? 0) : min
    if (typeof least === 'number' && value < least) return told('too_little', { value, limit: least }, scope)
    if (typeof max === 'number' && value > max) return told('too_much', { value, limit: max }, scope)
  }
  return undefined
}

/** `today`, `+30d` and ISO as a day on the tenant's calendar. */
function dayOf(bound: Field['min'], { today }: TurnScope): string | undefined {
  if (typeof bound !== 'string') return undefined
  if (bound === 'today') return today
  const days = /^([+-]\d+)d$/.exec(bound)?.[1]
  return days === undefined
    ? bound
    : Temporal.PlainDate.from(today)
        .add({ days: Number(days) })
        .toString()
}

const dayIn = (day: string, { language }: TurnScope): string =>
  new Intl.DateTimeFormat(language, { timeZone: 'UTC', dateStyle: 'long' }).format(new Date(day))

/** Said only of what looks like an attempt: "I do not know" is no mail address either, and not a wrong one. */
function unreadable({ type, pattern, enum: listed }: Field, message: string, scope: TurnScope): string | undefined {
  if (pattern !== undefined || listed !== undefined) return undefined
  const digits = message.replace(/\D/g, '').length
  if (type === 'email' && message.includes('@')) return phrase('no_email', scope.language)
  if (type === 'phone' && digits >= 3) return phrase('no_phone', scope.language)
  if (type === 'date' && digits >= 1) return phrase('no_date', scope.language)
  return undefined
}

const told = (name: Phrase, values: Record<string, Json>, { language }: TurnScope): string =>
  fill(phrase(name, language), (path) => show(values[path]))
