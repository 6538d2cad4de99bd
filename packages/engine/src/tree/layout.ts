import type { Test } from './definition.ts'
import type { Json } from './json.ts'
import type { Op } from './op.ts'

export interface CompileOptions {
  condition(json: Json): Test
  limits?: { depth?: number; nodes?: number }
}

/** The tables while they grow. */
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
