import type { TenantProfile } from '@copse/contracts'
import { openingHours, type OpeningHours } from './opening-hours.ts'

const wholeDay = [{ from: '00:00', to: '24:00' }]
const always = Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map((day) => [day, wholeDay]))

/** When a tenant is open, as it says itself: on holidays never. Undefined: it says nothing, and always is. */
export function openingHoursOf({
  openingHours: given,
  holidays,
}: Pick<TenantProfile, 'openingHours' | 'holidays'>): OpeningHours | undefined {
  const days = Object.entries(given)
  if (days.length === 0 && holidays.length === 0) return undefined
  const week = Object.fromEntries(days.map(([day, spans]) => [day, spans.map(([from, to]) => ({ from, to }))]))
  return openingHours.parse({
    week: days.length === 0 ? always : week,
    exceptions: Object.fromEntries(holidays.map((day) => [day, 'closed'])),
  })
}
