import { z } from 'zod'
import { fieldType, type Fields } from './fields.ts'
import type { Json } from './json.ts'

/** One node of a tree as data: the form behind YAML, the builder and model-made plans. */
export interface NodeSpec {
  op: string
  /** Path segment of the node's id; the op when left out. Unique among siblings. */
  name?: string
  /** For people: diagrams, traces. */
  title?: string
  config?: Json
  children?: NodeSpec[]
}

/** A tree with a blackboard of its own, entered by `subtree` nodes. */
export interface SubtreeSpec {
  /** What goes in when it is entered and comes out when it succeeds. */
  ports?: { in?: Fields; out?: Fields }
  aliases?: Record<string, string>
  fields?: Fields
  root: NodeSpec
}

/** A tree as canonical JSON. Ids are paths from `id`: `refund/check/call:lookup_order`. */
export interface TreeSpec {
  v: 1
  id: string
  version: string
  /** Other names for blackboard paths, used when nothing is stored under the name itself. */
  aliases?: Record<string, string>
  /** What may stand on the blackboard. Where declared, paths and ports are checked against it. */
  fields?: Fields
  subtrees?: Record<string, SubtreeSpec>
  /** What the root leaves is the result of the session. */
  returns?: true
  root: NodeSpec
}

const segment = z
  .string()
  .min(1)
  .max(120)
  .regex(/^[^/]+$/, 'a name may not contain "/"')
  // Snapshots and configs are keyed by names, and no object holds this one as a key.
  .refine((name) => name !== '__proto__', 'a name may not be "__proto__"')

const node = {
  op: z.string().min(1),
  name: segment.optional(),
  title: z.string().optional(),
}

const fields = z.record(z.string().min(1), fieldType)
const scope = { aliases: z.record(z.string(), z.string()).optional(), fields: fields.optional() }
const ports = z.strictObject({ in: fields.optional(), out: fields.optional() })
const header = {
  v: z.literal(1),
  id: segment,
  version: z.string().min(1),
  ...scope,
  returns: z.literal(true).optional(),
}

export const nodeSpec: z.ZodType<NodeSpec> = z.lazy(() =>
  z.strictObject({ ...node, config: z.json().optional(), children: z.array(nodeSpec).optional() }),
) as z.ZodType<NodeSpec>

const subtreeSpec = z.strictObject({ ...scope, ports: ports.optional(), root: nodeSpec })

export const treeSpec = z.strictObject({
  ...header,
  subtrees: z.record(segment, subtreeSpec).optional(),
  root: nodeSpec,
}) as z.ZodType<TreeSpec>

/** One level only: `compile` walks down by itself, so that no depth can overflow the stack. */
export const nodeShape = z.strictObject({
  ...node,
  config: z.unknown().optional(),
  children: z.array(z.unknown()).optional(),
})

const subtreeShape = z.strictObject({ ...scope, ports: ports.optional(), root: z.unknown() })

export const treeShape = z.strictObject({
  ...header,
  subtrees: z.record(segment, subtreeShape).optional(),
  root: z.unknown(),
})
