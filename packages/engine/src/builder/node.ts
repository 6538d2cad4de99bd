import type { z } from 'zod'
import type { Json } from '../tree/json.ts'
import type { NodeSpec } from '../tree/spec.ts'

declare const called: unique symbol

/** A node as the builder makes it: plain JSON, whose type knows its name. */
export interface Node<Name extends string = string> extends NodeSpec {
  readonly [called]: Name
}

/** What a node is called among its siblings; null: by its op, as in JSON without a name. */
export type NameOrNull = string | null

/** The type of a node called so, or by its op. */
export type Called<Name extends NameOrNull, Op extends string> = Node<Name extends string ? Name : Op>

export type NamesOf<Nodes extends readonly Node[]> = Nodes[number] extends Node<infer Name> ? Name : never

/** At least one. */
export type Nodes = readonly [Node, ...Node[]]

/** What a definition takes as config. */
export type ConfigOf<Definition> = Definition extends { config: z.ZodType<infer Config> } ? Config : never

const made = new WeakSet<object>()

/** The JSON of a node: a name only where one was given, a config only where something is in it. */
export function makeNode(op: string, name: NameOrNull, config: object | undefined, children: readonly Node[]): Node {
  const node: NodeSpec = { op }
  if (name !== null) node.name = name
  const plain = config === undefined ? {} : (plainJson(config, op) as { [key: string]: Json })
  if (Object.keys(plain).length > 0) node.config = plain
  if (children.length > 0) node.children = [...children]
  made.add(node)
  return node as Node
}

export function titled<Name extends string>(title: string, node: Node<Name>): Node<Name> {
  const copy = { ...node, title }
  made.add(copy)
  return copy
}

export function isMade(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && made.has(value)
}

/** A copy in which nothing is left that JSON would lose without a word. */
function plainJson(value: unknown, where: string): Json {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value
  if (typeof value === 'number' && Number.isFinite(value)) return value
  if (Array.isArray(value)) return value.map((item, position) => plainJson(item, `${where}.${position}`))
  if (typeof value === 'object' && [Object.prototype, null].includes(Object.getPrototypeOf(value) as null)) {
    const entries = Object.entries(value).filter(([, inner]) => inner !== undefined)
    return Object.fromEntries(entries.map(([key, inner]) => [key, plainJson(inner, `${where}.${key}`)]))
  }
  throw new TypeError(`${where}: ${typeof value} cannot be written as JSON; a tree holds plain data only`)
}
