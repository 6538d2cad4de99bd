import type { Called, ConfigOf, NameOrNull, Node } from './node.ts'

/**
 * How a node is built, as its definition tells: its name first (null: the op is the name), then its config if it has
 * one, then its children.
 */
export type Method<D extends Shape> =
  ConfigOf<D> extends Record<string, never>
    ? <const N extends NameOrNull>(name: N, ...children: ChildrenOf<D>) => Called<N, D['op']>
    : <const N extends NameOrNull>(name: N, config: ConfigOf<D>, ...children: ChildrenOf<D>) => Called<N, D['op']>

/** What a definition says about how it is built. */
export interface Shape {
  op: string
  kind: string
  children?: { min: number; max: number } | undefined
}

export type ChildrenOf<D extends Shape> = D extends { kind: 'leaf' }
  ? []
  : D extends { children: { min: infer Min extends number; max: infer Max extends number } }
    ? Between<Min, Max>
    : D extends { kind: 'decorator' }
      ? [Node]
      : [Node, ...Node[]]

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
