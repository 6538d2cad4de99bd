import { expect, it } from 'vitest'
import { tenantProfile } from './release.ts'

it.each(['UTC', 'Europe/Madrid', 'cet', 'US/Pacific', 'Etc/GMT+5'])('%s is a time zone', (timeZone) => {
  expect(tenantProfile.safeParse({ timeZone }).success).toBe(true)
})

// The runtime takes IST and AST for zones; civil time does not, and their clocks are not those that a tenant means.
it.each(['Mars', 'IST', 'AST', 'pst', ''])('"%s" is none', (timeZone) => {
  expect(tenantProfile.safeParse({ timeZone }).success).toBe(false)
})

it.each([
  [
    {
      mon: [
        ['09:00', '14:00'],
        ['16:00', '24:00'],
      ],
      sun: [],
    },
    true,
  ],
  [{ fri: [['22:00', '02:00']] }, true],
  [{ mon: [['9:00', '14:00']] }, false],
  [{ mon: [['24:00', '02:00']] }, false],
  [{ mon: [['09:00', '09:00']] }, false],
  [{ montag: [['09:00', '14:00']] }, false],
])('%j are opening hours: %s', (openingHours, fine) => {
  expect(tenantProfile.safeParse({ openingHours }).success).toBe(fine)
})
