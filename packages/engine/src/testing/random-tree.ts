import * as fc from 'fast-check'
import type { Json } from '../tree/json.ts'
import type { NodeSpec } from '../tree/spec.ts'

/** Trees of every node there is, with every leaf that can wait, write, read, call, fail and name exits. */

const keys = fc.constantFrom('a', 'b', 'c')
const values = fc.constantFrom<Json>(1, 2, 'x', null)
const conditions = fc.record({ field: keys, is: values })

const leaves: readonly fc.MaybeWeightedArbitrary<NodeSpec>[] = [
  fc.constant<NodeSpec>({ op: 'succeed' }),
  keys.map((code): NodeSpec => ({ op: 'fail', config: { code } })),
  { weight: 4, arbitrary: fc.constant<NodeSpec>({ op: 'wait', config: { kind: 'input' } }) },
  fc.record({ key: keys, value: values }).map((config): NodeSpec => ({ op: 'write', config })),
  conditions.map((condition): NodeSpec => ({ op: 'assert', config: { condition } })),
  keys.map((name): NodeSpec => ({ op: 'call', config: { name } })),
  fc.record({ exit: keys, fails: fc.boolean() }).map((config): NodeSpec => ({ op: 'leave', config })),
  keys.map((key): NodeSpec => ({ op: 'noteLast', config: { key } })),
  keys.map((key): NodeSpec => ({ op: 'arrival', config: { key } })),
  fc.constant<NodeSpec>({ op: 'draw' }),
]

const named = (children: NodeSpec[]): NodeSpec[] => children.map((child, index) => ({ ...child, name: `n${index}` }))

/** Leaves and parents beside those that are here. */
export interface MoreNodes {
  leaves?: readonly fc.MaybeWeightedArbitrary<NodeSpec>[]
  parents?(children: fc.Arbitrary<NodeSpec[]>): readonly fc.MaybeWeightedArbitrary<NodeSpec>[]
}

function treeOf(more: MoreNodes): fc.Arbitrary<NodeSpec> {
  const leaf = fc.oneof(...leaves, ...(more.leaves ?? []))
  return fc.letrec<{ tree: NodeSpec }>((tie) => {
    const child = tie('tree')
    const children = fc.array(child, { minLength: 1, maxLength: 4 }).map(named)
    return {
      tree: fc.oneof(
        { maxDepth: 4, depthSize: 'medium' },
        leaf,
        children.map((children): NodeSpec => ({ op: 'sequence', children })),
        children.map((children): NodeSpec => ({ op: 'selector', children })),
        fc.tuple(child, child).map((pair): NodeSpec => ({ op: 'noteFailure', children: named(pair) })),
        child.map((only): NodeSpec => ({ op: 'invert', children: [only] })),
        child.map((only): NodeSpec => ({ op: 'forceSuccess', children: [only] })),
        fc
          .tuple(children, fc.array(conditions, { minLength: 1, maxLength: 4 }))
          .filter(([children, branches]) => [0, 1].includes(children.length - branches.length))
          .map(([children, branches]): NodeSpec => ({ op: 'if', config: { branches }, children })),
        machine(children),
        ...(more.parents?.(children) ?? []),
      ),
    }
  }).tree
}

function machine(children: fc.Arbitrary<NodeSpec[]>): fc.Arbitrary<NodeSpec> {
  const target = fc.oneof(
    fc.constantFrom<Json>('end', '$back', 'n0', 'n1', 'n2'),
    fc.constantFrom('n0', 'n1', 'n2').map((to): Json => ({ to, return: true })),
  )
  const exits = fc.dictionary(fc.constantFrom('success', 'failure', 'a', 'b', 'c'), target, { maxKeys: 4 })
  return fc.tuple(children, fc.array(exits, { minLength: 3, maxLength: 3 })).map(([children, exits]): NodeSpec => {
    const stages = named([...children, { op: 'succeed' }, { op: 'succeed' }].slice(0, 3))
    return {
      op: 'stages',
      config: { initial: 'n0', exits: Object.fromEntries(exits.map((own, index) => [`n${index}`, own])) },
      children: stages,
    }
  })
}

/** One in a hundred trees would be larger; none may take much longer than the others. */
const NODE_LIMIT = 100

/** With the copies that a `gather` makes of its child. */
function sizeOf({ op, config, children = [] }: NodeSpec): number {
  const { max = 1 } = (op === 'gather' ? config : {}) as { max?: number }
  return 1 + max * children.reduce((sum, child) => sum + sizeOf(child), 0)
}

/** Within a machine, so that exits may be named anywhere. */
export function randomTreeOf(more: MoreNodes): fc.Arbitrary<NodeSpec> {
  return machine(fc.array(treeOf(more), { minLength: 1, maxLength: 3 })).filter((root) => sizeOf(root) <= NODE_LIMIT)
}

export const randomTree = randomTreeOf({})
