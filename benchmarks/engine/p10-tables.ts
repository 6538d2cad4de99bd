import { compileTable, type Table } from '@copse/decisions'
import type { Benchmark } from '../harness/benchmark.ts'
import { claimTimes } from '../harness/claim.ts'
import { race } from '../harness/race.ts'
import { zenTable } from './peers/zen.ts'
import { cases, expected, rules, type Inputs } from './workloads/rules.ts'

const table: Table = {
  name: 'lane',
  hitPolicy: 'first',
  inputs: [
    { expression: 'amount', type: 'number' },
    { expression: 'region', type: 'string' },
  ],
  outputs: [{ name: 'lane', type: 'string' }],
  rules: rules.map(({ from, below, region, lane }) => ({
    when: [`[${from}..${below})`, `"${region}"`],
    yields: [`"${lane}"`],
  })),
}

function plain({ amount, region }: Inputs): string | undefined {
  return rules.find((rule) => amount >= rule.from && amount < rule.below && region === rule.region)?.lane
}

/** How many cases come out as they should. */
function count(laneOf: (inputs: Inputs) => unknown): number {
  let right = 0
  for (const inputs of cases) if (laneOf(inputs) === expected) right++
  return right
}

/** It works in threads of its own and is at its best when it has several to do. */
async function countAtOnce(laneOf: (inputs: Inputs) => Promise<string>): Promise<number> {
  const lanes = await Promise.all(cases.map(laneOf))
  return lanes.filter((lane) => lane === expected).length
}

async function countInTurn(laneOf: (inputs: Inputs) => Promise<string>): Promise<number> {
  let right = 0
  for (const inputs of cases) if ((await laneOf(inputs)) === expected) right++
  return right
}

export const benchmark: Benchmark = {
  id: 'P10',
  async measure() {
    const compiled = compileTable(table)
    const zen = zenTable()
    const size = { steps: cases.length, per: cases.length }
    const times = await race({
      ours: { run: () => count((inputs) => compiled.evaluate({ ...inputs }).output), ...size },
      zen: { run: () => countAtOnce(zen), ...size },
      zenInTurn: { run: () => countInTurn(zen), ...size },
      loop: { run: () => count(plain), ...size },
      compile: { run: () => compileTable(table).table.rules.length, steps: rules.length },
    })
    return [
      claimTimes(
        {
          id: 'P10',
          what: 'a table of 20 rules and 2 inputs, hit at the 19th: at least 25 times faster than zen-engine',
          versus: 'zen-engine, ten at once',
          goal: 1 / 25,
          also: {
            'zen-engine, one by one': times.zenInTurn.min,
            'a loop over the rules': times.loop.min,
            'compiling ours': times.compile.min,
          },
        },
        times.ours,
        times.zen,
      ),
    ]
  },
}
