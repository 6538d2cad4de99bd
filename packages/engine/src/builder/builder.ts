import { arityOf } from '../tree/arity.ts'
import type { AnyDefinition } from '../tree/definition.ts'
import { nodes, type Nodes } from '../nodes/all.ts'
import type { Composites } from './composites.ts'
import type { Decorators, Wiring } from './decorators.ts'
import type { Leaves } from './leaves.ts'
import type { Method, RestOf } from './methods.ts'
import { isMade, makeNode, titled, type Called, type NameOrNull, type Node } from './node.ts'
import type { Scope, SubtreePorts } from './scope.ts'

/** Where there is more to say than the definition does by itself. */
type Typed<S extends Scope> = Composites<S> & Decorators<S> & Leaves<S>

type Known = Nodes[number]

/**
 * Makes nodes, one method per op: first the name (null: the op is the name), then the config as it is in JSON if the op
 * has one, then the children. What does not fit the scope does not compile; what TypeScript cannot see, `compile` says.
 */
export type Builder<S extends Scope> = Typed<S> & {
  [D in Known as D['op'] extends keyof Typed<S> ? never : D['op']]: Method<D>
} & Others<S>

interface Others<S extends Scope> {
  /** A node of your own: the registry of the tree has to know the definition. */
  do<const N extends NameOrNull, D extends AnyDefinition>(
    name: N,
    definition: D,
    ...rest: OwnRest<S, D>
  ): Called<N, D['op']>
  /** The same node with a title for people. */
  titled<N extends string>(title: string, node: Node<N>): Node<N>
}

/** What says which ports it has is wired to what the scope declares. */
type OwnRest<S extends Scope, D extends AnyDefinition> = D extends { ports: infer Ports extends SubtreePorts }
  ? [config: Wiring<S['fields'], Ports>]
  : RestOf<D>

/** One for all scopes: a scope is there for TypeScript only. */
const builder = {
  ...Object.fromEntries(nodes.map((definition) => [definition.op, maker(definition)])),
  do: (name: NameOrNull, definition: AnyDefinition, ...rest: unknown[]) => maker(definition)(name, ...rest),
  titled,
}

export function builderOf<S extends Scope>(): Builder<S> {
  return builder as unknown as Builder<S>
}

function maker(definition: AnyDefinition): (name: NameOrNull, ...rest: unknown[]) => Node {
  const { op } = definition
  const { min, max } = arityOf(definition)
  return (name, ...rest) => {
    const hasConfig = rest.length > 0 && !isMade(rest[0])
    const children = hasConfig ? rest.slice(1) : rest
    if (!children.every(isMade)) throw new TypeError(`${op}: its children have to be made by the builder`)
    if (children.length < min || children.length > max) {
      throw new TypeError(`${op}: it cannot have ${children.length} children`)
    }
    return makeNode(op, name, hasConfig ? (rest[0] as object) : undefined, children)
  }
}
