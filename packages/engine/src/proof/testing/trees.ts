import * as fc from 'fast-check'
import type { NodeSpec } from '../../tree/spec.ts'
import { nodes } from '../../nodes/all.ts'
import { testNodes } from '../../testing/nodes.ts'
import { randomTreeOf } from '../../testing/random-tree.ts'
import { proofLeaves, type Act } from './leaves.ts'
import { moreLeaves, parentsOf } from './parents.ts'

export const allNodes = [...nodes, ...testNodes, ...proofLeaves]

const keys = fc.constantFrom('a', 'b', 'c')

const acts: fc.Arbitrary<Act[]> = fc.array(
  fc.oneof(
    fc.record({ sleep: fc.nat({ max: 5 }) }),
    fc.record({
      effect: keys,
      policy: fc.constantFrom('read' as const, 'idempotent' as const, 'at-most-once' as const),
    }),
    fc.record({ write: keys }),
    fc.record({ draw: keys }),
  ),
  { maxLength: 4 },
)

/** A visit has one key for each name, so two effects of one leaf need two names. */
function withOwnNames(does: Act[]): Act[] {
  return does.map((act, index) => ('effect' in act ? { ...act, effect: `${act.effect}${index}` } : act))
}

const busy = (acts: fc.Arbitrary<Act[]>) =>
  fc
    .record(
      {
        does: acts.map(withOwnNames),
        ends: fc.constantFrom('success', 'success', 'failure', 'input'),
        isStubborn: fc.constant<true>(true),
      },
      { requiredKeys: ['does', 'ends'] },
    )
    .map((config): NodeSpec => ({ op: 'busy', config }))

/** Does not wait. */
const calm = (acts: fc.Arbitrary<Act[]>): fc.Arbitrary<NodeSpec> =>
  fc
    .record({ does: acts, ends: fc.constantFrom('success', 'success', 'failure') })
    .map(({ does, ends }): NodeSpec => ({ op: 'busy', config: { does: withOwnNames(does), ends } }))

const waits = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constant('timer'), inMs: fc.constantFrom(0, 5, 50) }),
    fc.record({ kind: fc.constant('timer'), inMs: fc.constantFrom(5, 50), key: keys }),
    fc.record({ kind: fc.constantFrom('input', 'job', 'approval', 'event') }),
    fc.record({ kind: fc.constantFrom('job', 'event'), key: keys }),
  ),
  { minLength: 1, maxLength: 3 },
)

const parks = fc
  .record({ waits, times: fc.constantFrom(1, 1, 2), fails: fc.boolean() })
  .map((config): NodeSpec => ({ op: 'parks', config }))

const leaves = [{ weight: 32, arbitrary: busy(acts) }, { weight: 15, arbitrary: parks }, ...moreLeaves]

/** What takes time that no journal knows of cannot be replayed. */
const journaledActs = acts.map((does) => does.filter((act) => !('sleep' in act)))
const journaledLeaves = [
  { weight: 32, arbitrary: busy(journaledActs) },
  { weight: 15, arbitrary: parks },
  ...moreLeaves,
]

const parents = parentsOf(calm(acts), true)

/** Trees of everything there is, whose leaves take their time, reach outside, wait for anything, and ignore halts. */
export const livelyTree = randomTreeOf({ leaves, parents })

/** The same, where never more than one is at work. */
export const serialTree = randomTreeOf({ leaves: journaledLeaves, parents: parentsOf(calm(journaledActs), false) })

/** Lively, and all that takes time there are effects. */
export const journaledTree = randomTreeOf({ leaves: journaledLeaves, parents: parentsOf(calm(journaledActs), true) })

const bugs = [
  fc.record({ later: fc.boolean() }).map((config): NodeSpec => ({ op: 'boom', config })),
  fc.constantFrom(0, 3, 4, -1, 7, 'success', null).map((value): NodeSpec => ({ op: 'returns', config: { value } })),
]

/** The same, with leaves that throw, at once or later, and such that answer what is no status. */
export const buggyTree = randomTreeOf({ leaves: [...leaves, ...bugs], parents })
