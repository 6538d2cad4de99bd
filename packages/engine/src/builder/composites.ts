import type { stages } from '../nodes/composites/stages.ts'
import type { Json } from '../tree/json.ts'
import type { Called, ConfigOf, NameOrNull, NamesOf, Node, Nodes } from './node.ts'

/** Composites whose config speaks of their children, or of the blackboard. */
export interface Composites {
  /** As many children as branches, or one more for else. */
  if<const N extends NameOrNull, B extends [Json, ...Json[]]>(
    name: N,
    config: { branches: B },
    ...children: OnePer<B> | [...OnePer<B>, Node]
  ): Called<N, 'if'>
  /** Stages are known by the names of the children. */
  stages<const N extends NameOrNull, const C extends Nodes>(
    name: N,
    config: Machine<NoInfer<NamesOf<C>>>,
    ...children: C
  ): Called<N, 'stages'>
}

type OnePer<B extends readonly unknown[]> = { [K in keyof B]: Node }

type Machine<Stage extends string> = Omit<ConfigOf<typeof stages>, 'initial' | 'exits'> & {
  initial: Stage
  /** Per stage, per exit: a stage, `end`, or `$back` to where the stage was entered from. */
  exits: { [S in Stage]?: { [exit: string]: Target<Stage> } }
}

type Target<Stage extends string> = Stage | 'end' | '$back' | { to: Stage; return: true }
