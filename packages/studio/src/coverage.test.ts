import { expect, test } from 'vitest'
import { coverageOf } from './coverage.ts'
import { deskOf, results, shop } from './testing/desk.ts'

const answers = 'find_order: {found: true, days: 3}\npay_back: {ok: true}'

async function covered(scenarios: string) {
  const desk = deskOf(shop, answers)
  const played = await results(scenarios, desk)
  const [coverage] = coverageOf(
    desk,
    played.flatMap(({ turns }) => turns),
  )
  return coverage!
}

/** The key before the place, and all after it. */
function writtenAt({ line, column }: { line: number; column: number }): string {
  const text = shop.split('\n')[line - 1]!
  return `${/\w+: $/.exec(text.slice(0, column - 1))?.[0]}${text.slice(column - 1)}`
}

test('what was walked is told by step and by way, and what was not with its line', async () => {
  const { steps, edges, builtIn } = await covered('- {name: paid, turns: [{customer: refund ORD-1}]}')
  expect(steps).toMatchObject({ covered: 5, all: 6, missed: [{ what: 'offer' }] })
  expect(edges.covered).toBe(4)
  expect(edges.missed.map((missed) => [missed.what, writtenAt(missed)])).toEqual([
    ['ask → a person (on_failure)', 'on_failure: handoff'],
    ['look → ask (on_failure)', 'on_failure: ask'],
    ['decide → pay (order.vip == yes)', 'next_step: pay}'],
    ['decide → offer (else)', 'else: offer'],
    ['offer → a person (Yes)', 'next_step: handoff}'],
    ['offer → done (No)', 'next_step: done}'],
    ['pay → a person (on_failure)', 'on_failure: handoff'],
  ])
  expect(builtIn.covered).toBeLessThan(builtIn.all)
})

test('two conditions that lead to the same step are two ways', async () => {
  const { edges } = await covered(`
- {name: early, turns: [{customer: refund ORD-1}]}
- {name: vip, given: {find_order: {found: true, days: 90, vip: "yes"}}, turns: [{customer: refund ORD-1}]}
`)
  expect(edges.missed.map(({ what }) => what).filter((what) => what.startsWith('decide'))).toEqual([
    'decide → offer (else)',
  ])
})

test('scenarios that go everywhere leave nothing to list', async () => {
  const { steps, edges } = await covered(`
- {name: paid, turns: [{customer: refund ORD-1}]}
- {name: vip, given: {find_order: {found: true, vip: "yes"}}, turns: [{customer: refund ORD-1}]}
- {name: not paid, given: {pay_back: {ok: false}}, turns: [{customer: refund ORD-1}]}
- {name: late, given: {find_order: {found: true, days: 90}}, turns: [{customer: refund ORD-1}, {taps: "yes"}]}
- {name: late and content, given: {find_order: {found: true, days: 90}}, turns: [{customer: refund ORD-1}, {taps: "no"}]}
- {name: unknown, given: {find_order: {found: false}}, turns: [{customer: refund ORD-1}]}
- {name: dunno, turns: [{customer: refund}, {customer: hm}, {customer: hm}, {customer: hm}]}
`)
  expect([...steps.missed, ...edges.missed]).toEqual([])
})
