import { tenantProfile } from '@copse/contracts'
import { openingHoursOf } from '@copse/time'
import { expect, test } from 'vitest'
import { rulesOf } from './handoff-rules.ts'

const zone = 'Europe/Madrid'
const targets = { nobodyAfter: '15m', returnAfter: '12h' }
/** When the customer hears that it takes longer, who asked for a person at this moment. */
const nobodyAt = (asked: string, given: object): string => {
  const hours = openingHoursOf(tenantProfile.parse(given))
  return new Date(rulesOf(targets, { notify: true, hours, zone }).nobodyAt(Date.parse(asked))).toISOString()
}
const weekdays = Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => [day, [['09:00', '18:00']]]))

test.each([
  ['by day', '2026-10-23T10:00:00Z', '2026-10-23T10:15:00.000Z'],
  ['five minutes before it closes', '2026-10-23T15:55:00Z', '2026-10-26T08:10:00.000Z'],
  ['on a Saturday, over the night on which the clocks change', '2026-10-24T10:00:00Z', '2026-10-26T08:15:00.000Z'],
])('nobody has failed to come while it was closed: asked %s', (_, asked, told) => {
  expect(nobodyAt(asked, { openingHours: weekdays })).toBe(told)
})

test('a holiday is closed, also of a tenant that is open day and night', () => {
  const holidays = ['2026-10-26']
  const asked = '2026-10-23T15:55:00Z'
  expect(nobodyAt(asked, { openingHours: weekdays, holidays })).toBe('2026-10-27T08:10:00.000Z')
  expect(nobodyAt('2026-10-26T10:00:00Z', { holidays })).toBe('2026-10-26T23:15:00.000Z')
})

test('who says nothing of it is always open, and who never opens keeps nobody waiting for a word', () => {
  const asked = '2026-10-24T10:00:00Z'
  const soon = '2026-10-24T10:15:00.000Z'
  expect(nobodyAt(asked, {})).toBe(soon)
  expect(nobodyAt(asked, { openingHours: { mon: [] } })).toBe(soon)
})
