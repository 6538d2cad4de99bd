import type { Op } from './op.ts'

/**
 * A compiled tree: flat tables indexed by node number, root 0, the children of a node side by side, parents before
 * children. Immutable and shared by every session of its version; what a session remembers is in its snapshot.
 */
export interface Tree {
  readonly id: string
  readonly version: string
  readonly hash: string
  readonly size: number
  /** Author paths: they do not move when a sibling is inserted. */
  readonly ids: readonly string[]
  /** The number of an id. */
  readonly byId: Pick<ReadonlyMap<string, number>, 'get' | 'has'>
  /** Last segment of the id. */
  readonly names: readonly string[]
  readonly titles: readonly (string | undefined)[]
  readonly ops: readonly Op[]
  /** The checked config, and what the definition's `prepare` made of it. */
  readonly configs: readonly unknown[]
  readonly prepared: readonly unknown[]
  /** -1 for the root. */
  readonly parent: readonly number[]
  /** The children of n are the nodes first[n] up to, not including, end[n]. */
  readonly first: readonly number[]
  readonly end: readonly number[]
  /** What follows a child's success without asking its parent: the next sibling, 0 for the parent's own; -1: ask it. */
  readonly follow: readonly number[]
  /** The nearest ancestor of a kind; -1 where there is none. */
  readonly near: Near
  /** What a session begins with, copied: a nought for every node. */
  readonly noughts: readonly number[]
  /** Nodes that want to be asked before every event. */
  readonly ticking: readonly number[]
  readonly scopes: Scopes
  /** Somebody reads what nodes leave as result; else nothing is kept. */
  readonly keepsResults: boolean
  /** Accepted, but its author should know. */
  readonly warnings: readonly { id: string; message: string }[]
}

export interface Near {
  /** Whose children are stages. */
  readonly stages: readonly number[]
  /** That may start another child while one is not done. */
  readonly fork: readonly number[]
  /** Below which effects keep their keys. */
  readonly retry: readonly number[]
  /** That has overlays, or a frame of its own: the child of it through which a node hangs below it. */
  readonly scope: readonly number[]
}

/** Frames and overlays by the number of the node that opens them. */
export interface Scopes {
  readonly kinds: ReadonlyMap<number, ScopeKind>
  /** Aliases of the root's frame under -1. */
  readonly aliases: ReadonlyMap<number, ReadonlyMap<string, string>>
  /** The one that lies under another, -1 for the root's. */
  under(scope: number): number
}

/** `overlay` reads through and keeps writes; `closed` sees only itself; `open` also reads what is not private. */
export type ScopeKind = 'overlay' | 'closed' | 'open'
