import type { Benchmark } from '../harness/benchmark.ts'
import { claimCounts, claimTimes } from '../harness/claim.ts'
import { retainedBytes } from '../harness/heap.ts'
import { race } from '../harness/race.ts'
import { compileTree, numbered, open, turn, type NodeSpec } from './ours.ts'
import { action, sequence, treeOf } from './peers/mistreevous.ts'
import { newTally } from './workloads/leaves.ts'

const LEAVES = 99
const PAUSE = 50
const FIELDS = 40
const LIMIT = 2048

/** 100 nodes with the root, halted in the middle. */
const root: NodeSpec = {
  op: 'sequence',
  children: numbered(
    Array.from({ length: LEAVES }, (_, at) =>
      at === PAUSE ? { op: 'wait', config: { kind: 'input' } } : { op: `work${at % 20}` },
    ),
  ),
}

/** What a session knows about its case: 40 fields of the kinds there are. */
const facts = Object.fromEntries(
  Array.from({ length: FIELDS }, (_, at): [string, string | number | boolean] => [
    `field_${at}`,
    at % 4 === 0 ? 1000 + at : at % 4 === 1 ? at % 8 === 1 : `value of field ${at}`,
  ]),
)

export const benchmark: Benchmark = {
  id: 'P8',
  async measure() {
    const tree = compileTree(root)
    const waiting = (id: number, cells: Parameters<typeof open>[2]) => {
      const tally = newTally()
      const session = open(tree, turn(tally, { sessionId: `session-${id}` }), cells)
      if (session.start() !== 'running' || tally.steps !== PAUSE) throw new Error('It does not wait in the middle.')
      return session
    }
    const steps = sequence(Array.from({ length: LEAVES }, (_, at) => action(at === PAUSE ? 'wait' : `work${at % 20}`)))
    const peer = () => {
      const tally = newTally()
      const session = treeOf(steps, tally)
      session.step()
      if (!session.isRunning() || tally.steps !== PAUSE) throw new Error('mistreevous does not wait in the middle.')
      return session
    }

    const inMemory = retainedBytes(5000, (id) => waiting(id, {}))
    const text = JSON.stringify(waiting(0, {}).snapshot())
    const atRest = retainedBytes(5000, () => JSON.parse(text))
    const peerInMemory = retainedBytes(300, peer)

    const cells = Object.fromEntries(Object.entries(facts).map(([key, value]) => [key, { value, by: 'tool' as const }]))
    const session = waiting(0, { cells })
    const whole = JSON.stringify(session.snapshot()).length
    const blackboard = JSON.stringify(cells).length
    const { ours, json, bare } = await race({
      ours: { run: () => JSON.stringify(session.snapshot()).length, steps: whole },
      json: { run: () => JSON.stringify(cells).length, steps: blackboard },
      bare: { run: () => JSON.stringify(facts).length, steps: JSON.stringify(facts).length },
    })
    const size = { unit: 'bytes', reference: LIMIT, versus: 'limit', goal: 1 } as const
    return [
      claimCounts({
        ...size,
        id: 'P8a',
        what: 'heap of a waiting session of 100 nodes: at most 2 KB',
        ours: inMemory,
        also: { 'as a snapshot only': atRest },
      }),
      claimCounts({ ...size, id: 'P8b', what: 'its snapshot as JSON: at most 2 KB', ours: text.length }),
      claimCounts({
        id: 'P8c',
        what: 'heap of a waiting session: at least 70 times less than mistreevous',
        unit: 'bytes',
        ours: inMemory,
        reference: peerInMemory,
        versus: 'mistreevous',
        goal: 1 / 70,
      }),
      claimTimes(
        {
          id: 'P8d',
          what: 'snapshot to JSON with 40 fields: at most 3 times JSON.stringify of its blackboard',
          versus: 'JSON.stringify',
          goal: 3,
          also: {
            'bytes of the snapshot': whole,
            'of the blackboard': blackboard,
            'the values without where they came from': bare.min,
          },
        },
        ours,
        json,
      ),
    ]
  },
}
