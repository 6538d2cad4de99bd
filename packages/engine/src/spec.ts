import { z } from 'zod'

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

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

/** A tree as canonical JSON. Ids are paths from `id`: `refund/check/call:lookup_order`. */
export interface TreeSpec {
  v: 1
  id: string
  version: string
  /** Other names for blackboard paths, used when nothing is stored under the name itself. */
  aliases?: Record<string, string>
  root: NodeSpec
}

const segment = z
  .string()
  .min(1)
  .max(120)
  .regex(/^[^/]+$/, 'a name may not contain "/"')

const node = {
  op: z.string().min(1),
  name: segment.optional(),
  title: z.string().optional(),
}

const header = {
  v: z.literal(1),
  id: segment,
  version: z.string().min(1),
  aliases: z.record(z.string(), z.string()).optional(),
}

export const nodeSpec: z.ZodType<NodeSpec> = z.lazy(() =>
  z.strictObject({ ...node, config: z.json().optional(), children: z.array(nodeSpec).optional() }),
) as z.ZodType<NodeSpec>

export const treeSpec = z.strictObject({ ...header, root: nodeSpec }) as z.ZodType<TreeSpec>

/** One level only: `compile` walks down by itself, so that no depth can overflow the stack. */
export const nodeShape = z.strictObject({
  ...node,
  config: z.unknown().optional(),
  children: z.array(z.unknown()).optional(),
})

export const treeShape = z.strictObject({ ...header, root: z.unknown() })
