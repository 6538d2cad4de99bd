import type { NodeSpec } from '../../tree/spec.ts'
import { builderOf } from '../builder.ts'
import type { Node } from '../node.ts'
import { subtree } from '../tree.ts'

/** What the trees of the tables declare. */
export const fields = {
  a: 'number',
  order: { object: { total: 'number', status: { enum: ['open', 'closed'] } } },
  words: { list: 'string' },
  due: 'date',
  text: 'string',
  free: 'any',
} as const

export const subtrees = {
  greet: subtree({ ports: { in: { whom: 'string' }, out: { said: 'string' } } }, (b) =>
    b.write('say', { key: 'said', from: 'whom' }),
  ),
}

export const b = builderOf<{ fields: typeof fields; subtrees: typeof subtrees }>()

/** A node as it is built, as it is in JSON, and as it is in YAML. */
export type Spelled = [built: Node, json: NodeSpec, yaml: string]
