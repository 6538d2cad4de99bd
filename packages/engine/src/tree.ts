import type { AnyDefinition } from './definition.ts'

/**
 * A compiled tree: flat tables indexed by node number, root 0, the children of a node side by side. Immutable and
 * shared by every session of its version; what a session remembers is in its snapshot.
 */
export interface Tree {
  readonly id: string
  readonly version: string
  readonly hash: string
  readonly size: number
  /** Author paths: they do not move when a sibling is inserted. */
  readonly ids: readonly string[]
  readonly byId: ReadonlyMap<string, number>
  /** Last segment of the id. */
  readonly names: readonly string[]
  readonly titles: readonly (string | undefined)[]
  readonly definitions: readonly AnyDefinition[]
  /** What each definition's `prepare` made of the config. */
  readonly prepared: readonly unknown[]
  /** -1 for the root. */
  readonly parent: Int32Array
  /** The children of n are the nodes first[n] up to, not including, end[n]. */
  readonly first: Int32Array
  readonly end: Int32Array
  /** Nearest ancestor whose children are stages; -1 where there is none. */
  readonly stages: Int32Array
  readonly aliases: ReadonlyMap<string, string>
}
