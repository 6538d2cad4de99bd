import type { Called, NameOrNull, Node } from './node.ts'

/** Decorators, as they are built: a name, the config as in JSON where there is one, the child. */
export interface Decorators {
  invert: Around<'invert'>
  forceSuccess: Around<'forceSuccess'>
  forceFailure: Around<'forceFailure'>
}

type Around<Op extends string> = <const N extends NameOrNull>(name: N, child: Node) => Called<N, Op>
