import type { JsonObject } from '@copse/contracts'
import * as fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { calendarOperations } from './operations.ts'
import { ask, openCalendar } from './testing/open-calendar.ts'

let calendar: ReturnType<typeof openCalendar>
beforeAll(() => {
  calendar = openCalendar('', { file: ':memory:', config: { maxPerContact: 1000 } })
})
afterAll(() => calendar.close())

const value = fc.oneof(
  fc.jsonValue({ maxDepth: 1 }),
  fc.constantFrom(
    '2026-11-23',
    '2026-11-23T10:00',
    '2026-11-23T10:00+01:00',
    '9999-12-31',
    '0000-01-01',
    '+275760-09-13T00:00Z',
    '-271821-04-20T00:00Z',
    '2026-11-23T10:00[Nowhere/Here]',
    '__proto__',
    "'; DROP TABLE appointments; --",
    'morning',
    Number.MAX_SAFE_INTEGER,
    1440,
    0.1,
    -1,
    'x'.repeat(100_000),
  ),
)
const call = fc.constantFrom(...calendarOperations()).chain((operation) =>
  fc.record({
    name: fc.constant(operation.name),
    args: fc.record(Object.fromEntries(Object.keys(operation.params).map((param) => [param, value])), {
      requiredKeys: [],
    }),
  }),
)

it('answers whatever it is asked with a yes or a *no* that says why, and never throws', async () => {
  await fc.assert(
    fc.asyncProperty(call, async ({ name, args }) => {
      const outcome = await ask(calendar, name, args as JsonObject)
      expect(['ok', 'no']).toContain(outcome.status)
      if (outcome.status === 'no') expect(outcome.reason.length).toBeGreaterThan(5)
    }),
    { numRuns: 1_000 },
  )
}, 30_000)
