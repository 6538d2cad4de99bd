import type { Declared } from './paths.ts'
import type { Fields } from '../tree/fields.ts'
import type { SubtreeSpec } from '../tree/spec.ts'

declare const declares: unique symbol

/** A subtree as `subtree` makes it, with those it uses itself. */
export interface Subtree<Ports extends SubtreePorts = SubtreePorts> {
  readonly spec: SubtreeSpec
  readonly uses: Subtrees | undefined
  readonly [declares]?: Ports
}

export interface SubtreePorts {
  in?: Fields
  out?: Fields
}

/** By the names under which nodes enter them. */
export type Subtrees = { readonly [name: string]: Subtree }

/** What the nodes of a tree or subtree may refer to. */
export interface Scope {
  fields: Declared
  subtrees: Subtrees | undefined
}

export type PortsOf<T> = T extends Subtree<infer Ports> ? Ports : never
