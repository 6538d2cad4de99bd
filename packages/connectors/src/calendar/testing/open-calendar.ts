import { join } from 'node:path'
import type { Connector, JsonObject, OperationOutcome } from '@copse/contracts'
import { openingHours } from '@copse/time'
import { calendarConfig } from '../config.ts'
import { createCalendar, type CalendarOptions } from '../connector.ts'

const shifts = [
  { from: '10:00', to: '14:00' },
  { from: '17:00', to: '20:00' },
]

/** A Friday at noon in Madrid. */
export const friday = Date.parse('2026-11-20T11:00Z')

/** Of a hairdresser in Madrid who works Monday to Friday, in two shifts. */
export const openCalendar = (
  folder: string,
  { config = {}, ...given }: { config?: object } & Partial<Omit<CalendarOptions, 'config'>> = {},
): Connector =>
  createCalendar({
    name: 'calendar',
    config: calendarConfig.parse(config),
    file: join(folder, 'calendar.db'),
    timeZone: 'Europe/Madrid',
    hours: openingHours.parse({ week: { mon: shifts, tue: shifts, wed: shifts, thu: shifts, fri: shifts } }),
    language: 'en',
    clock: { now: () => friday },
    ...given,
  })

let calls = 0

/** `key`: of the effect; every call has its own unless said otherwise. */
export async function ask(
  calendar: Connector,
  name: string,
  args: JsonObject,
  key = `key ${++calls}`,
): Promise<OperationOutcome> {
  const operation = calendar.operations.find((each) => each.name === name)
  if (!operation) throw new Error(`no operation ${name}`)
  return calendar.call({ operation, args, idempotencyKey: key, signal: new AbortController().signal })
}

/** What a success or a *no* says; throws when the calendar was not reached. */
export async function said(calendar: Connector, name: string, args: JsonObject, key?: string): Promise<JsonObject> {
  const outcome = await ask(calendar, name, args, key)
  if (outcome.status === 'ok') return outcome.data
  if (outcome.status === 'no' && outcome.data) return outcome.data
  throw new Error(`${name}: ${JSON.stringify(outcome)}`)
}

export const idsIn = (list: JsonObject): string[] => (list['items'] as { id: string }[]).map(({ id }) => id)
export const titlesIn = (list: JsonObject): string[] => (list['items'] as { title: string }[]).map(({ title }) => title)
