import type { Benchmark } from '../harness/benchmark.ts'
import { claimTimes } from '../harness/claim.ts'
import { race } from '../harness/race.ts'
import { runToEnd } from './ours.ts'
import { action, runSync, sequence, treeOf } from './peers/mistreevous.ts'
import { leaves, newTally } from './workloads/leaves.ts'
import { GROUPS, mixedTree, plainAwaited, plainSync, STEPS } from './workloads/mixed.ts'

const group = () => sequence(leaves.map((_, index) => action(`work${index}`)))

export const benchmark: Benchmark = {
  id: 'P1',
  async measure() {
    const tree = mixedTree()
    const tally = newTally()
    const peer = treeOf(sequence(Array.from({ length: GROUPS }, group)), tally)
    const { ours, awaited, sync, mistreevous } = await race({
      ours: { run: () => runToEnd(tree, newTally()), steps: STEPS },
      awaited: { run: plainAwaited, steps: STEPS },
      sync: { run: plainSync, steps: STEPS },
      mistreevous: { run: () => runSync(peer, tally), steps: STEPS },
    })
    return [
      claimTimes(
        {
          id: 'P1a',
          what: '50x20 synchronous leaves, trace off: at most half of plain awaited functions',
          versus: 'each function awaited',
          goal: 0.5,
          also: { 'never awaited': sync.min },
        },
        ours,
        awaited,
      ),
      claimTimes(
        {
          id: 'P1b',
          what: '50x20 synchronous leaves, trace off: at least 4 times faster than mistreevous',
          versus: 'mistreevous',
          goal: 1 / 4,
        },
        ours,
        mistreevous,
      ),
    ]
  },
}
