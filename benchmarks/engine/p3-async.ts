import type { Benchmark } from '../harness/benchmark.ts'
import { claimTimes } from '../harness/claim.ts'
import { race } from '../harness/race.ts'
import { compileTree, numbered, runToEnd } from './ours.ts'
import * as langgraph from './peers/langgraph.ts'
import { action, runAsync, sequence, treeOf } from './peers/mistreevous.ts'
import * as xstate from './peers/xstate.ts'
import { asyncLeaf, newTally } from './workloads/leaves.ts'

/** W2. */
const STEPS = 100
const range = Array.from({ length: STEPS }, (_, at) => at)

async function plain(): Promise<number> {
  const tally = newTally()
  for (let at = 0; at < STEPS; at++) await asyncLeaf(tally)
  return tally.steps
}

export const benchmark: Benchmark = {
  id: 'P3',
  async measure() {
    const tree = compileTree({ op: 'sequence', children: numbered(range.map(() => ({ op: 'workLater' }))) })
    const tally = newTally()
    const peer = treeOf(sequence(range.map(() => action('workLater'))), tally)
    const machine = xstate.chainOf(STEPS, tally)
    const times = await race({
      ours: { run: () => runToEnd(tree, newTally()), steps: STEPS },
      plain: { run: plain, steps: STEPS },
      mistreevous: { run: () => runAsync(peer, tally), steps: STEPS },
      xstate: { run: () => xstate.runToEnd(machine, tally), steps: STEPS },
      langgraph: { run: langgraph.chainOf(STEPS, tally), steps: STEPS },
    })
    const claim = (id: string, what: string, versus: 'plain' | 'mistreevous' | 'xstate' | 'langgraph', goal: number) =>
      claimTimes({ id, what: `100 awaited leaves: ${what}`, versus, goal }, times.ours, times[versus])
    return [
      claim('P3a', 'at most 2.5 times plain awaited functions', 'plain', 2.5),
      claim('P3b', 'at least 8 times faster than mistreevous', 'mistreevous', 1 / 8),
      claim('P3c', 'at least 100 times faster than an XState invoke chain', 'xstate', 1 / 100),
      claim('P3d', 'per node at least 1,000 times faster than LangGraph', 'langgraph', 1 / 1000),
    ]
  },
}
