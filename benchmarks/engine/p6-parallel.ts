import type { Benchmark } from '../harness/benchmark.ts'
import { claimTimes } from '../harness/claim.ts'
import { race } from '../harness/race.ts'
import { compileTree, numbered, runToEnd } from './ours.ts'
import { action, parallel, runAsync, treeOf } from './peers/mistreevous.ts'
import * as xstate from './peers/xstate.ts'
import { asyncLeaf, newTally } from './workloads/leaves.ts'

/** W5. */
const STEPS = 100
const range = Array.from({ length: STEPS }, (_, at) => at)

async function plain(): Promise<number> {
  const tally = newTally()
  await Promise.all(range.map(() => asyncLeaf(tally)))
  return tally.steps
}

export const benchmark: Benchmark = {
  id: 'P6',
  async measure() {
    const tree = compileTree({ op: 'parallel', children: numbered(range.map(() => ({ op: 'workLater' }))) })
    const tally = newTally()
    const peer = treeOf(parallel(range.map(() => action('workLater'))), tally)
    const machine = xstate.regionsOf(STEPS, tally)
    const times = await race({
      ours: { run: () => runToEnd(tree, newTally()), steps: STEPS },
      'Promise.all': { run: plain, steps: STEPS },
      mistreevous: { run: () => runAsync(peer, tally), steps: STEPS },
      xstate: { run: () => xstate.runToEnd(machine, tally), steps: STEPS },
    })
    const claim = (id: string, what: string, versus: 'Promise.all' | 'mistreevous' | 'xstate', goal: number) =>
      claimTimes({ id, what: `100 leaves at once: ${what}`, versus, goal }, times.ours, times[versus])
    return [
      claim('P6a', 'at most 3.5 times Promise.all', 'Promise.all', 3.5),
      claim('P6b', 'no slower than mistreevous', 'mistreevous', 1),
      claim('P6c', 'at least 1,000 times faster than XState regions', 'xstate', 1 / 1000),
    ]
  },
}
