import type { parallel } from '../nodes/composites/parallel.ts'
import type { stages } from '../nodes/composites/stages.ts'
import type { Json } from '../tree/json.ts'
import type { Called, ConfigOf, NameOrNull, NamesOf, Node, Nodes } from './node.ts'

/** Composites, as they are built: a name, the config as in JSON where there is one, the children. */
export interface Composites {
  sequence: Row<'sequence'>
  selector: Row<'selector'>
  parallel<const N extends NameOrNull>(
    name: N,
    config: ConfigOf<typeof parallel>,
    ...children: Nodes
  ): Called<N, 'parallel'>
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

type Row<Op extends string> = <const N extends NameOrNull>(name: N, ...children: Nodes) => Called<N, Op>

type OnePer<B extends readonly unknown[]> = { [K in keyof B]: Node }

type Machine<Stage extends string> = Omit<ConfigOf<typeof stages>, 'initial' | 'exits'> & {
  initial: Stage
  /** Per stage, per exit: a stage, `end`, or `$back` to where the stage was entered from. */
  exits: { [S in Stage]?: { [exit: string]: Target<Stage> } }
}

type Target<Stage extends string> = Stage | 'end' | '$back' | { to: Stage; return: true }
