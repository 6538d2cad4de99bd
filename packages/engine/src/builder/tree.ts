import type { Fields } from '../tree/fields.ts'
import type { SubtreeSpec, TreeSpec } from '../tree/spec.ts'
import { builderOf, type Builder } from './builder.ts'
import type { Node } from './node.ts'
import type { Declared } from './paths.ts'
import type { Subtree, SubtreePorts, Subtrees } from './scope.ts'

/** What a tree declares beside its nodes. */
export interface TreeHeader<F extends Declared, S extends Subtrees | undefined> {
  version: string
  /** What may stand on the blackboard. Where it is declared, only that can be read and written. */
  fields?: F
  /** Other names for paths, for conditions and whatever else reads the blackboard. */
  aliases?: Record<string, string>
  /** By the names under which `subtree` nodes enter them. */
  subtrees?: S
  /** What the root leaves is the result of the session. */
  returns?: true
}

export interface SubtreeHeader<F extends Declared, Ports extends SubtreePorts, S extends Subtrees | undefined> {
  /** What goes in when it is entered, and comes out when it succeeds. */
  ports?: Ports
  /** What else stands on its blackboard. */
  fields?: F
  aliases?: Record<string, string>
  subtrees?: S
}

/** A tree as canonical JSON, for `compile`: the same ids and hash as when it were written by hand. */
export function tree<const F extends Declared = undefined, const S extends Subtrees | undefined = undefined>(
  id: string,
  { subtrees, ...header }: TreeHeader<F, S>,
  root: (b: Builder<{ fields: F; subtrees: S }>) => Node,
): TreeSpec {
  const all = flattened(subtrees)
  return {
    v: 1,
    id,
    ...(header as Omit<TreeHeader<Fields, undefined>, 'subtrees'>),
    ...(all.size > 0 && { subtrees: Object.fromEntries(all) }),
    root: root(builderOf()),
  }
}

/** A tree with a blackboard of its own, to be entered by nodes of others. */
export function subtree<
  const Ports extends SubtreePorts = object,
  const F extends Declared = undefined,
  const S extends Subtrees | undefined = undefined,
>(
  { subtrees, ...header }: SubtreeHeader<F, Ports, S>,
  root: (b: Builder<{ fields: Within<Ports, F>; subtrees: S }>) => Node,
): Subtree<Ports> {
  const spec: SubtreeSpec = {
    ...(header as Omit<SubtreeSpec, 'root'>),
    root: root(builderOf<{ fields: Within<Ports, F>; subtrees: S }>()),
  }
  return { spec, uses: subtrees }
}

/** What the nodes of a subtree see: ports and fields; where neither is declared, anything. */
type Within<Ports extends SubtreePorts, F extends Declared> = (
  Ports extends { in: Fields } | { out: Fields } ? PortFields<Ports, 'in'> & PortFields<Ports, 'out'> & Own<F> : F
) extends infer All extends Declared
  ? All
  : never

type PortFields<Ports extends SubtreePorts, Way extends 'in' | 'out'> = Ports[Way] extends Fields ? Ports[Way] : unknown

type Own<F extends Declared> = F extends Fields ? F : unknown

/** A tree lists all subtrees, also those that only subtrees enter; one name stands for one subtree. */
function flattened(subtrees: Subtrees | undefined, found = new Map<string, SubtreeSpec>()): Map<string, SubtreeSpec> {
  for (const [name, { spec, uses }] of Object.entries(subtrees ?? {})) {
    const known = found.get(name)
    if (known !== undefined && known !== spec) throw new TypeError(`two subtrees are called "${name}"; rename one`)
    if (known !== undefined) continue
    found.set(name, spec)
    flattened(uses, found)
  }
  return found
}
