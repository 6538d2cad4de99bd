import { readFileSync } from 'node:fs'
import { operationManifest } from '@copse/contracts'
import { besideOf, openDesk, readScenarios, runScenarios, type Desk } from '@copse/studio'
import { parse } from 'yaml'
import type { Benchmark } from '../harness/benchmark.ts'
import { claimCounts } from '../harness/claim.ts'
import { median, processorMs } from './processor.ts'

const root = new URL('../../', import.meta.url)
const read = (file: string): string => readFileSync(new URL(file, root), 'utf8')
const operations = (parse(read('examples/demo-business/operations.yaml')) as unknown[]).map((one) =>
  operationManifest.parse(one),
)

/** The shipped procedure that asks, looks up and decides; what it calls answers from here. */
const scenarios = `
- name: a delivered order
  given: {lookup_order: {order_id: ORD-123, status: delivered}}
  turns:
    - {customer: where is my order, expect: {step: order.ask}}
    - {customer: ORD-123, expect: {step: delivered}}
    - {customer: "yes", expect: {status: completed}}
- name: an order on its way
  given: {lookup_order: {order_id: ORD-456, status: shipped}}
  turns:
    - {customer: where is my order, expect: {step: order.ask}}
    - {customer: it is ORD-456, expect: {step: on_its_way}}
    - {customer: "no, thank you", expect: {status: completed}}
`

function deskOf(): Desk {
  const files = ['procedures/order-status.procedure.yaml', 'procedures/find-order.procedure.yaml']
  const sources = files.map((file) => ({ file, text: read(file) }))
  const { desk, diagnostics } = openDesk({
    sources,
    beside: besideOf(() => sources),
    operations,
    answers: new Map(),
    business: undefined,
    languages: ['en'],
    timeZone: 'UTC',
    startAt: Date.UTC(2026, 0, 12, 10),
    patienceMs: 5_000,
  })
  if (!desk) throw new Error(JSON.stringify(diagnostics[0]))
  return desk
}

export const benchmark: Benchmark = {
  id: 'A2',
  async measure({ quick }) {
    const desk = deskOf()
    const file = readScenarios(scenarios, 'bench.scenarios.yaml')
    const play = async (): Promise<number> => {
      const played = await runScenarios(file, desk)
      const failed = played.flatMap(({ failures }) => failures)
      if (failed.length > 0) throw new Error(JSON.stringify(failed[0]))
      return played.flatMap(({ turns }) => turns).length
    }
    const rates: number[] = []
    const times = 50
    for (let round = 0; round < (quick ? 3 : 25); round++) {
      let turns = 0
      const ms = await processorMs(async () => {
        for (let time = 0; time < times; time++) turns += await play()
      })
      rates.push((turns * 1_000) / ms)
    }
    return [
      claimCounts({
        id: 'A2',
        what: 'playing scenarios: at least 1000 turns a second of processor time',
        unit: 'per s',
        ours: median(rates),
        reference: 1_000,
        versus: 'wanted',
        goal: 1,
        better: 'more',
        also: { 'the best round': Math.max(...rates) },
      }),
    ]
  },
}
