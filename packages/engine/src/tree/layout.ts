import type { Test } from './definition.ts'
import type { Json } from './json.ts'
import type { Op } from './op.ts'
import type { SubtreeSpec, TreeSpec } from './spec.ts'

export interface CompileOptions {
  condition(json: Json): Test
  limits?: { depth?: number; nodes?: number }
}

/** What a spec says beside its nodes. */
export type Header = Omit<TreeSpec, 'root' | 'subtrees'> & { subtrees?: Record<string, Omit<SubtreeSpec, 'root'>> }

/** The nodes in rows, before anything is made of them. */
export interface Layout {
  readonly ids: string[]
  readonly names: string[]
  readonly titles: (string | undefined)[]
  readonly ops: (Op | undefined)[]
  readonly configs: unknown[]
  readonly parent: number[]
  readonly first: number[]
  readonly end: number[]
  /** Subtree whose blackboard a node sees, by name; undefined for the tree's own. */
  readonly frames: (string | undefined)[]
}

/** Without a fault every node has its op. */
export function isComplete(layout: Layout): layout is Layout & { ops: Op[] } {
  return !layout.ops.includes(undefined)
}

export function subtreeOf<Subtree>(spec: { subtrees?: Record<string, Subtree> }, name: string): Subtree | undefined {
  return spec.subtrees !== undefined && Object.hasOwn(spec.subtrees, name) ? spec.subtrees[name] : undefined
}
