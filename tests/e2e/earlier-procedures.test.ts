import { existsSync } from 'node:fs'
import { startDemoBusiness, type DemoBusiness } from '@copse/demo-business'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { demoRelease, play, scenariosIn, transcript } from './demo-world.ts'

const fixtures = new URL('../../../shared/fixtures/bt-workflow-engine/procedures/', import.meta.url)
const suites = [
  { file: 'customer_service_refund.yaml', scenarios: 'refund.scenarios.yaml', identity: 'find_customer' },
  { file: 'customer_service_complaint.yaml', scenarios: 'complaint.scenarios.yaml', identity: 'find_customer' },
  { file: 'fraud_ops_alert_triage.yaml', scenarios: 'fraud-triage.scenarios.yaml', identity: undefined },
]

/** Procedures of an earlier system, loaded unchanged, carry a customer to every one of their ends. */
describe.skipIf(!existsSync(fixtures))('procedures written for the earlier system', () => {
  let business: DemoBusiness
  beforeEach(async () => {
    business = await startDemoBusiness({ port: 0, folder: ':memory:' })
  })
  afterEach(() => business.close())

  for (const { file, scenarios, identity } of suites) {
    describe(file, () => {
      for (const scenario of scenariosIn(new URL(`scenarios/${scenarios}`, import.meta.url).pathname)) {
        it(scenario.name, async () => {
          const release = demoRelease(business, [new URL(file, fixtures).pathname], identity)
          const played = await play(scenario, release, business)
          expect(played.failures, transcript(played)).toEqual([])
        })
      }
    })
  }
})
