import type { Called, ConfigOf, NameOrNull, Node } from './node.ts'

/** How a node is built: its name (null: the op is the name), and what its definition asks for. */
export type Method<D extends Shape> = <const N extends NameOrNull>(name: N, ...rest: RestOf<D>) => Called<N, D['op']>

/** A config if it has one, and its children. */
export type RestOf<D extends Shape> =
  ConfigOf<D> extends Record<string, never> ? ChildrenOf<D> : [config: ConfigOf<D>, ...children: ChildrenOf<D>]

/** What a definition says about how it is built. */
export interface Shape {
  op: string
  kind: string
  children?: { min: number; max: number } | undefined
}

type ChildrenOf<D extends Shape> = D extends { kind: 'leaf' }
  ? []
  : [NonNullable<D['children']>] extends [never]
    ? D extends { kind: 'decorator' }
      ? [Node]
      : [Node, ...Node[]]
    : NonNullable<D['children']> extends { min: infer Min extends number; max: infer Max extends number }
      ? Between<Min, Max>
      : Node[]

/** Where one of the two is not known as a number, there is no telling. */
type Between<Min extends number, Max extends number> = number extends Min
  ? Node[]
  : number extends Max
    ? [...Row<Min>, ...Node[]]
    : Upto<Max, Row<Min>>

type Row<Length extends number, Made extends Node[] = []> = Made['length'] extends Length
  ? Made
  : Row<Length, [...Made, Node]>

type Upto<Max extends number, Made extends Node[]> = Made['length'] extends Max
  ? Made
  : Made | Upto<Max, [...Made, Node]>
