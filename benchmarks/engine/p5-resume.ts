import type { Benchmark } from '../harness/benchmark.ts'
import { claimTimes } from '../harness/claim.ts'
import { race } from '../harness/race.ts'
import { buildTree, compileTree, freezeTree, open, turn, type NodeSpec, type Snapshot } from './ours.ts'
import { pausing, stopAndResume } from './peers/xstate.ts'
import { leaves, newTally } from './workloads/leaves.ts'

/** W4: ten leaves with a pause in the middle; what was kept is text, and what goes on is built anew. */
const STEPS = 10
const PAUSE = 5
const own = leaves.slice(0, STEPS)

const works = (from: number, to: number): NodeSpec[] =>
  own.slice(from, to).map((_, at) => ({ op: `work${from + at}`, name: `work${from + at}` }))

const root: NodeSpec = {
  op: 'sequence',
  children: [...works(0, PAUSE), { op: 'wait', config: { kind: 'input' } }, ...works(PAUSE, STEPS)],
}

/** An array, an index, and JSON in between: as little as can be resumed at all. Nothing here is awaited by anybody. */
function plain(): number {
  const tally = newTally()
  let at = 0
  for (; at < PAUSE; at++) own[at]!(tally)
  const kept = JSON.stringify({ at, status: 'running' })
  ;({ at } = JSON.parse(kept) as { at: number })
  for (; at < STEPS; at++) own[at]!(tally)
  return tally.steps
}

export const benchmark: Benchmark = {
  id: 'P5',
  async measure() {
    const tree = compileTree(root)
    const frozen = freezeTree(root)
    const resumed = () => {
      const tally = newTally()
      const before = open(tree, turn(tally))
      void before.start()
      const kept = JSON.stringify(before.snapshot())
      const after = open(buildTree(frozen), turn(tally), { snapshot: JSON.parse(kept) as Snapshot })
      if (after.send({ kind: 'input', data: null }) !== 'success') throw new Error('It did not go on to the end.')
      return tally.steps
    }
    const machine = pausing(own, PAUSE)
    const { ours, json, xstate, reused } = await race({
      ours: { run: resumed, steps: STEPS },
      json: { run: plain, steps: STEPS },
      xstate: { run: () => stopAndResume(machine, pausing(own, PAUSE)), steps: STEPS },
      reused: { run: () => stopAndResume(machine, machine), steps: STEPS },
    })
    const claim = 'pause, snapshot, JSON, a tree built anew, resume'
    return [
      claimTimes(
        {
          id: 'P5a',
          what: `${claim}: at most 15 times an array index in JSON`,
          versus: 'plain functions, array index, JSON',
          goal: 15,
        },
        ours,
        json,
      ),
      claimTimes(
        {
          id: 'P5b',
          what: `${claim}: at least 10 times faster than XState`,
          versus: 'XState, machine made anew',
          goal: 1 / 10,
          also: { 'XState, machine kept': reused.min },
        },
        ours,
        xstate,
      ),
    ]
  },
}
