import { Temporal } from 'temporal-polyfill'
import { instantAt } from './civil.ts'

const civil = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?$/
const dayAndTime = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}/

/** `2026-11-23T10:00` on the wall of the zone, or with a zone of its own, as an instant. Undefined: no moment. */
export function momentOf(text: string, zone: string): number | undefined {
  try {
    if (civil.test(text)) return instantAt(zone, text.replace(' ', 'T'))
    return dayAndTime.test(text) ? Temporal.Instant.from(text.replace(' ', 'T')).epochMilliseconds : undefined
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}
