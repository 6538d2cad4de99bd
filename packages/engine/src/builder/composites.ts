import type { gather } from '../nodes/composites/gather.ts'
import type { stages } from '../nodes/composites/stages.ts'
import type { Json } from '../tree/json.ts'
import type { Called, ConfigOf, NameOrNull, NamesOf, Node, Nodes } from './node.ts'
import type { CaseAt, Path, PathTo } from './paths.ts'
import type { Scope } from './scope.ts'

/** Composites whose config speaks of their children, or of the blackboard. */
export interface Composites<S extends Scope> {
  /** As many children as branches, or one more for else. */
  if<const N extends NameOrNull, B extends [Json, ...Json[]]>(
    name: N,
    config: { branches: B },
    ...children: OnePer<B> | [...OnePer<B>, Node]
  ): Called<N, 'if'>
  /** Values of the field to names of children. */
  switch<const N extends NameOrNull, const P extends Path<S['fields']>, const C extends Nodes>(
    name: N,
    config: {
      on: P
      cases: { [Value in CaseAt<S['fields'], NoInfer<P>>]?: NoInfer<NamesOf<C>> }
      default?: NoInfer<NamesOf<C>>
    },
    ...children: C
  ): Called<N, 'switch'>
  /** Stages are known by the names of the children. */
  stages<const N extends NameOrNull, const C extends Nodes>(
    name: N,
    config: Machine<NoInfer<NamesOf<C>>>,
    ...children: C
  ): Called<N, 'stages'>
  /** Weights by the names of the children. */
  randomSelector<const N extends NameOrNull, const C extends Nodes>(
    name: N,
    config: { weights?: { [Child in NoInfer<NamesOf<C>>]?: number } },
    ...children: C
  ): Called<N, 'randomSelector'>
  /** One child for the items of a field, or one for each item that is given. */
  gather<const N extends NameOrNull, I extends PathTo<S['fields'], { list: 'any' }> | [Json, ...Json[]]>(
    name: N,
    config: Gathering<I>,
    ...children: I extends readonly unknown[] ? OnePer<I> : [Node]
  ): Called<N, 'gather'>
}

type OnePer<B extends readonly unknown[]> = { [K in keyof B]: Node }

type Machine<Stage extends string> = Omit<ConfigOf<typeof stages>, 'initial' | 'exits'> & {
  initial: Stage
  /** Per stage, per exit: a stage, `end`, or `$back` to where the stage was entered from. */
  exits: { [S in Stage]?: { [exit: string]: Target<Stage> } }
}

type Target<Stage extends string> = Stage | 'end' | '$back' | { to: Stage; return: true }

type Gathering<I> = Omit<ConfigOf<typeof gather>, 'items' | 'max'> &
  (I extends string ? { items: I; max: number } : { items: I; max?: never })
