import { startDemoBusiness, type DemoBusiness } from '@copse/demo-business'
import type { Scenario } from '@copse/studio'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { demoRelease, play, scenariosIn, transcript } from './demo-world.ts'

const library = new URL('../../procedures/', import.meta.url)
const identified = {
  refund: 'find_customer',
  complaint: 'find_customer',
  'fraud-triage': undefined,
  'order-status': 'find_customer',
  'password-reset': 'find_customer',
  appointment: 'find_customer',
  lead: undefined,
}
/** Where a scenario says what an operation answers, there is no business to ask: those are played at the desk only. */
const asks = ({ given }: Scenario): boolean =>
  Object.keys(given).every((key) => key === 'business' || key === 'refunds')

/** The procedures that we ship carry a customer to every one of their ends, in English and in Spanish. */
describe('the shipped library', () => {
  let business: DemoBusiness
  beforeEach(async () => {
    business = await startDemoBusiness({ port: 0, folder: ':memory:' })
  })
  afterEach(() => business.close())

  for (const [name, identity] of Object.entries(identified)) {
    describe(name, () => {
      for (const scenario of scenariosIn(new URL(`${name}.scenarios.yaml`, library).pathname).filter(asks)) {
        it(scenario.name, async () => {
          const release = demoRelease(business, [new URL(`${name}.procedure.yaml`, library).pathname], identity)
          const played = await play(scenario, release, business)
          expect(played.failures, transcript(played)).toEqual([])
          const { refunds } = scenario.given
          if (refunds !== undefined)
            expect(business.database.prepare('SELECT * FROM refunds').all()).toHaveLength(Number(refunds))
        })
      }
    })
  }
})
