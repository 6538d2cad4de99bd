import { expect, it } from 'vitest'
import { tenantProfile } from './release.ts'

it.each(['UTC', 'Europe/Madrid', 'cet', 'US/Pacific', 'Etc/GMT+5'])('%s is a time zone', (timeZone) => {
  expect(tenantProfile.safeParse({ timeZone }).success).toBe(true)
})

// The runtime takes IST and AST for zones; civil time does not, and their clocks are not those that a tenant means.
it.each(['Mars', 'IST', 'AST', 'pst', ''])('"%s" is none', (timeZone) => {
  expect(tenantProfile.safeParse({ timeZone }).success).toBe(false)
})
