import type { Benchmark } from '../harness/benchmark.ts'
import { claimCounts, claimTimes } from '../harness/claim.ts'
import { race } from '../harness/race.ts'
import { compileTree, runToEnd, TreeError, type NodeSpec } from './ours.ts'
import { asyncLeaf, newTally, type Tally } from './workloads/leaves.ts'

/** W3. */
const DEPTH = 200
const CAP = 1000

function nested(depth: number): NodeSpec {
  let spec: NodeSpec = { op: 'workLater' }
  for (let level = 0; level < depth; level++) spec = { op: 'sequence', children: [spec] }
  return spec
}

async function plain(tally: Tally, depth: number): Promise<void> {
  await (depth === 0 ? asyncLeaf(tally) : plain(tally, depth - 1))
}

/** Levels are counted with the leaf: a tree of `CAP` levels is the deepest that `CAP` allows. */
async function deepestRun(): Promise<number> {
  await runToEnd(compileTree(nested(CAP - 1), CAP), newTally())
  return CAP
}

/** A cap is nothing if it only stops the next level: the last would overflow a recursive walk. */
const tooDeep: readonly (() => unknown)[] = [
  () => compileTree(nested(CAP), CAP),
  () => compileTree(nested(10_000), CAP),
  () => compileTree(nested(10_000)),
  () => compileTree(nested(100_000)),
]

function isRefused(compile: () => unknown): boolean {
  try {
    compile()
    return false
  } catch (error) {
    return error instanceof TreeError && /deeper than \d+ levels/.test(error.message)
  }
}

export const benchmark: Benchmark = {
  id: 'P4',
  async measure() {
    const tree = compileTree(nested(DEPTH))
    const runPlain = async () => {
      const tally = newTally()
      await plain(tally, DEPTH)
      return tally.steps
    }
    const times = await race({
      ours: { run: () => runToEnd(tree, newTally()), steps: 1 },
      plain: { run: runPlain, steps: 1 },
    })
    return [
      claimTimes(
        {
          id: 'P4a',
          what: 'an awaited leaf under 200 levels: at most 1.5 times plain',
          versus: 'nested functions, each awaited',
          goal: 1.5,
        },
        times.ours,
        times.plain,
      ),
      claimCounts({
        id: 'P4b',
        what: 'a tree of 1,000 levels compiles and runs',
        unit: 'levels',
        ours: await deepestRun(),
        reference: CAP,
        versus: 'asked for',
        better: 'more',
        goal: 1,
      }),
      claimCounts({
        id: 'P4c',
        what: 'beyond the cap, up to 100,000 levels, compiling is a TreeError that names it',
        unit: 'refusals',
        ours: tooDeep.filter(isRefused).length,
        reference: tooDeep.length,
        versus: 'tried',
        better: 'more',
        goal: 1,
      }),
    ]
  },
}
