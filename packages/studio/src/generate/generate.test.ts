import { expect, test, vi } from 'vitest'
import { readScenarios } from '../parse-scenarios.ts'
import { runScenarios } from '../run-scenarios.ts'
import { coverageOf } from '../coverage.ts'
import { deskOf, results, shop } from '../testing/desk.ts'
import { generateScenarios } from './generate.ts'

// Thousands of turns are played on a machine that may be busy.
vi.setConfig({ testTimeout: 120_000 })

const desk = deskOf(shop)

async function play(text: string) {
  const played = await runScenarios(readScenarios(text, 'generated'), desk)
  const turns = played.flatMap((one) => one.turns)
  return { failures: played.flatMap((one) => one.failures), covered: coverageOf(desk, turns)[0]!.edges }
}

test('every way of a procedure is taken, by scenarios that go as they say', async () => {
  const { text, scenarios, edges, missed } = await generateScenarios(desk, [])
  expect(missed).toEqual([])
  expect(edges).toEqual({ all: 11, before: 0, now: 11 })
  const { failures, covered } = await play(text!)
  expect(failures).toEqual([])
  expect(covered).toEqual({ covered: 11, all: 11, missed: [] })
  expect(scenarios).toBe(readScenarios(text!, 'generated').scenarios.length)
})

test('it is the same each time', async () => {
  expect(await generateScenarios(desk, [])).toEqual(await generateScenarios(deskOf(shop), []))
})

test('none of them can be left out', async () => {
  const { text } = await generateScenarios(desk, [])
  const [head, ...scenarios] = text!.split(/^(?=- name:)/m)
  for (const left of scenarios) {
    const { covered } = await play([head, ...scenarios.filter((one) => one !== left)].join(''))
    expect(covered.missed.length, left).toBeGreaterThan(0)
  }
})

test('what is taken already is left out', async () => {
  const [played] = await results(
    `- name: paid
  given: {find_order: {found: true, days: 3}, pay_back: {ok: true}}
  turns:
    - customer: refund
    - customer: ORD-1
`,
    desk,
  )
  const { edges, text } = await generateScenarios(desk, played!.turns)
  expect(edges).toEqual({ all: 11, before: 4, now: 11 })
  expect(text).not.toContain('order.days <= 30')
  const all = await generateScenarios(
    desk,
    (await runScenarios(readScenarios(text!, 'g'), desk)).flatMap((one) => one.turns),
  )
  expect(all.edges.before).toBeGreaterThan(5)
})

test('what takes a deed back is reached by a correction', async () => {
  const text = shop.replace('on_success: done', 'compensate: back\n      on_success: sure').concat(`    - id: back
      action: tool_call
      tools: [{name: pay_back, arg_mappings: [{param: order_id, source: order_id}]}]
    - id: sure
      action: inform
      say: Is that all?
      options: [{label: That is all, next_step: done}]
`)
  const { missed } = await generateScenarios(deskOf(text), [])
  expect(missed).toEqual([])
})

test('a way that nobody can take is named with the reason, and the others are taken all the same', async () => {
  const contradicting = deskOf(shop.replace('order.vip == yes', 'order.days <= 10'))
  const { missed, edges } = await generateScenarios(contradicting, [])
  expect(missed).toMatchObject([
    { what: 'decide → pay (order.days <= 10)', line: 28, why: 'no conversation can take it: `copse check` says more' },
  ])
  expect(edges).toEqual({ all: 11, before: 0, now: 10 })
})
