import type { Benchmark } from '../harness/benchmark.ts'
import { claimTimes } from '../harness/claim.ts'
import { race } from '../harness/race.ts'
import { runToEnd, type TraceEvent } from './ours.ts'
import { newTally } from './workloads/leaves.ts'
import { mixedTree, plainAwaited, STEPS } from './workloads/mixed.ts'

/** Each node is entered and settles. */
const EVENTS = 2 * (1 + 50 + STEPS)

export const benchmark: Benchmark = {
  id: 'P2',
  async measure() {
    const tree = mixedTree()
    const traced = () => {
      const trace: TraceEvent[] = []
      const steps = runToEnd(tree, newTally(), { subscribe: (event) => trace.push(event) })
      if (trace.length !== EVENTS) throw new Error(`The trace has ${trace.length} of ${EVENTS} events.`)
      return steps
    }
    const { ours, awaited } = await race({
      ours: { run: traced, steps: STEPS },
      awaited: { run: plainAwaited, steps: STEPS },
    })
    return [
      claimTimes(
        {
          id: 'P2',
          what: `50x20 synchronous leaves, all ${EVENTS} trace events kept, an in-memory journal at hand: at most 1.5 times plain`,
          versus: 'each function awaited',
          goal: 1.5,
        },
        ours,
        awaited,
      ),
    ]
  },
}
