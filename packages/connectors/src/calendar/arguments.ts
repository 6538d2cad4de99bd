import type { Json, JsonObject } from '@copse/contracts'
import { instantAt, Temporal } from '@copse/time'
import type { Resource, Room } from './room.ts'
import type { Refusal } from './words.ts'

const minuteMs = 60_000
const dayMinutes = 1_440

/** Why the arguments of a call lead nowhere: an answer of the calendar, not a failure. */
export class Refused extends Error {
  readonly code: Refusal

  constructor(code: Refusal, reason: string) {
    super(reason)
    this.code = code
  }
}

const invalid = (name: string, what: string): Refused => new Refused('argument_invalid', `"${name}" is not ${what}.`)

/** What a template found nothing for is not there. */
const given = (args: JsonObject, name: string): Json | undefined => {
  const value = args[name]
  return value === null || value === '' ? undefined : value
}

export function textOf(args: JsonObject, name: string, longest = 200): string | undefined {
  const value = given(args, name)
  if (value === undefined) return undefined
  if (typeof value !== 'string' || value.length > longest)
    throw invalid(name, `a text of at most ${longest} characters`)
  return value
}

export function neededText(args: JsonObject, name: string): string {
  const value = textOf(args, name)
  if (value === undefined) throw invalid(name, 'there, and it is needed')
  return value
}

export function countOf(args: JsonObject, name: string, most: number): number | undefined {
  const value = given(args, name)
  if (value === undefined) return undefined
  const count = typeof value === 'string' ? Number(value) : value
  if (typeof count !== 'number' || !Number.isInteger(count) || count < 1 || count > most)
    throw invalid(name, `a whole number from 1 to ${most}`)
  return count
}

/** How long somebody is taken: what is asked for, or the time that somebody must be there when that is longer. */
export function durationOf({ config }: Room, args: JsonObject, length: string): number {
  const duration = countOf(args, length, dayMinutes)
  const presence = countOf(args, 'presence_min', dayMinutes)
  if (duration === undefined && presence === undefined) return config.durationMin * minuteMs
  return Math.max(duration ?? 0, presence ?? 0) * minuteMs
}

/** A day of the calendar, as YYYY-MM-DD. */
export function dateOf(args: JsonObject, name: string): string | undefined {
  const text = textOf(args, name)
  if (text === undefined) return undefined
  const isDay = /^\d{4}-\d\d-\d\d$/.test(text) && parses(() => Temporal.PlainDate.from(text))
  if (!isDay) throw invalid(name, 'a day as YYYY-MM-DD')
  return text
}

/** ISO with its distance from UTC; without one it is a time on the calendar's wall. */
export function instantOf({ zone }: Room, args: JsonObject, name: string): number {
  const text = neededText(args, name)
  const found = /(?:Z|[+-]\d\d:\d\d)$/.test(text)
    ? parses(() => Temporal.Instant.from(text).epochMilliseconds)
    : parses(() => instantAt(zone, text))
  if (found === undefined) throw invalid(name, 'a time as ISO, e.g. 2026-11-23T10:00+01:00')
  return found
}

function parses<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

export function resourcesOf({ resources }: Room, args: JsonObject): readonly Resource[] {
  const name = textOf(args, 'resource')?.trim().toLocaleLowerCase()
  if (name === undefined) return resources
  const found = resources.filter((each) => each.name.toLocaleLowerCase() === name)
  if (found.length === 0) throw new Refused('resource_unknown', `No resource is called "${name}".`)
  return found
}

/** Half of the day, as something that a time on the wall is in or not. */
export function periodOf({ config }: Room, args: JsonObject): (civil: string) => boolean {
  const period = textOf(args, 'period') ?? 'any'
  if (period === 'any') return () => true
  if (period !== 'morning' && period !== 'afternoon') throw invalid('period', 'morning, afternoon or any')
  return (civil) => civil.slice(11) < config.afternoonFrom === (period === 'morning')
}
