import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { parseDocument, valueAt } from '@copse/procedures'
import { expect, test } from 'vitest'
import { check, cpuMsSince, library, read } from './testing/checking.ts'

test.each(library)('%s: every conversation is looked at, within a second, and there is nothing to say', (file) => {
  const source = read(`procedures/${file}`)
  const started = process.cpuUsage()
  const { findings, explored } = check(source)
  const tookMs = cpuMsSince(started)
  expect(findings).toEqual([])
  expect(explored).toMatchObject({ exhaustive: true, reasons: [] })
  expect(explored?.worst.modelCallsPerTurn).toBeLessThanOrEqual(4)
  expect(tookMs, `${file} took ${Math.round(tookMs)} ms`).toBeLessThan(1_000)
})

/** Procedures written for an earlier engine, kept beside the repository. */
const earlier = new URL('../../../../../shared/fixtures/bt-workflow-engine/procedures/', import.meta.url)

test.skipIf(!existsSync(earlier))(
  'the procedures of the earlier engine hold no error, and what they leave open is told',
  () => {
    const found = readdirSync(earlier).flatMap((file) => {
      const { findings, explored } = check(readFileSync(new URL(file, earlier), 'utf8'))
      expect(explored).toMatchObject({ exhaustive: true, reasons: [] })
      expect(findings.filter(({ severity }) => severity === 'error')).toEqual([])
      return findings.filter(({ code }) => code === 'gap' || code === 'overlap').map(({ line }) => `${file} ${line}`)
    })
    expect(found).toEqual([
      'customer_service_refund.yaml 91',
      'customer_service_refund.yaml 110',
      'fraud_ops_alert_triage.yaml 71',
      'fraud_ops_alert_triage.yaml 90',
    ])
  },
)

/** Flows and tenants of an earlier platform, kept beside the repository. */
const platform = new URL('../../../../../shared/fixtures/bots-platform/', import.meta.url)

test.skipIf(!existsSync(platform))('of the flows of the earlier platform only what is truly wrong is told', () => {
  const tenants = readdirSync(new URL('tests/configs/', platform)).map((file) => `tests/configs/${file}`)
  const named = tenants.map((file) => {
    const { root } = parseDocument(readFileSync(new URL(file, platform), 'utf8'))
    const flow = root && valueAt(root, ['flow_path'])
    return flow?.kind === 'scalar' ? new URL(String(flow.value), new URL(file, platform)) : platform
  })
  const shipped = readdirSync(new URL('flows/', platform)).map((file) => new URL(`flows/${file}`, platform))
  const toy = new URL('tests/flows/toy_flow.yaml', platform)
  const options = new URL('tests/flows/options_flow.yaml', platform)
  const files = new Set([...named, ...shipped, toy, options].map(({ href }) => href))
  expect(tenants).toHaveLength(4)
  const found = [...files].flatMap((href) => {
    const { findings, explored } = check(readFileSync(new URL(href), 'utf8'))
    expect(explored).toMatchObject({ exhaustive: true, reasons: [] })
    return findings.map(({ code, line }) => `${href.slice(platform.href.length)} ${line} ${code}`)
  })
  expect(found.sort()).toEqual([
    'flows/peluqueria_flow.yaml 22 never_offered',
    'flows/peluqueria_norte_flow.yaml 22 never_offered',
    'tests/flows/options_flow.yaml 12 never_offered',
    'tests/flows/options_flow.yaml 16 dead_end',
    'tests/flows/options_flow.yaml 21 never_offered',
    'tests/flows/options_flow.yaml 29 unknown_field',
    'tests/flows/peluqueria_flow.yaml 22 never_offered',
    'tests/flows/toy_flow.yaml 5 never_offered',
  ])
})
