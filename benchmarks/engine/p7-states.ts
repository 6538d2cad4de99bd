import type { Benchmark } from '../harness/benchmark.ts'
import { claimTimes } from '../harness/claim.ts'
import { race } from '../harness/race.ts'
import { buildTree, compileTree, freezeTree } from './ours.ts'
import { ringOf } from './peers/xstate.ts'
import { mapTicks, ourTicks, ringSpec, next, xstateTicks } from './workloads/ring.ts'

/** W6. */
const SIZE = 500
const TICKS = 500
const LARGE = 5000

export const benchmark: Benchmark = {
  id: 'P7',
  async measure() {
    const ticks = (run: () => number) => ({ run, steps: TICKS, per: TICKS })
    const tick = await race({
      ours: ticks(ourTicks(SIZE, TICKS)),
      map: ticks(mapTicks(SIZE, TICKS)),
      xstate: ticks(xstateTicks(SIZE, TICKS)),
    })
    const flat = await race({ small: ticks(ourTicks(50, TICKS)), large: ticks(ourTicks(LARGE, TICKS)) })

    const spec = ringSpec(SIZE)
    const frozen = freezeTree(spec)
    const made = await race({
      build: { run: () => buildTree(frozen).size, steps: 1 + SIZE },
      compile: { run: () => compileTree(spec).size, steps: 1 + SIZE },
      xstate: { run: () => Object.keys(ringOf(SIZE, next(SIZE)).states).length, steps: SIZE },
    })
    const versus = 'XState'
    return [
      claimTimes(
        { id: 'P7a', what: 'an event in 500 states: at most 12 times a Map look-up', versus: 'Map', goal: 12 },
        tick.ours,
        tick.map,
      ),
      claimTimes(
        { id: 'P7b', what: 'an event in 500 states: at least 20 times faster than XState', versus, goal: 1 / 20 },
        tick.ours,
        tick.xstate,
      ),
      claimTimes(
        {
          id: 'P7c',
          what: 'an event in 5,000 states: at most 1.5 times one in 50',
          versus: 'ours, 50 states',
          goal: 1.5,
        },
        flat.large,
        flat.small,
      ),
      claimTimes(
        {
          id: 'P7d',
          what: '500 states from a frozen tree: at least 10 times faster than XState makes its machine',
          versus,
          goal: 1 / 10,
          also: { 'ours with every check': made.compile.min },
        },
        made.build,
        made.xstate,
      ),
    ]
  },
}
