import { instantAt } from './civil.ts'

const civil = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?$/

/** `2026-11-23T10:00` on the wall of the zone, or with a zone of its own, as an instant. Undefined: no moment. */
export function momentOf(text: string, zone: string): number | undefined {
  if (civil.test(text)) {
    try {
      return instantAt(zone, text.replace(' ', 'T'))
    } catch (error) {
      if (error instanceof RangeError) return undefined
      throw error
    }
  }
  const at = /^\d{4}-\d{2}-\d{2}T/.test(text) ? Date.parse(text) : Number.NaN
  return Number.isNaN(at) ? undefined : at
}
