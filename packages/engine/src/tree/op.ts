import type { AnyDefinition, LeafDefinition, ParentDefinition } from './definition.ts'

/**
 * A definition as the session uses it: every op has the same fields in the same order, so that looking one up costs
 * the same whatever nodes a tree mixes.
 */
export class Op {
  readonly name: string
  readonly isLeaf: boolean
  readonly isPure: boolean
  readonly isInOrder: boolean
  readonly hasStages: boolean
  readonly retries: boolean
  readonly mayOpenScopes: boolean
  readonly mayReadLast: boolean
  /** May settle although a child of it runs. */
  readonly mayOvertake: boolean
  readonly definition: AnyDefinition
  readonly run: LeafDefinition['run'] | undefined
  readonly enter: ParentDefinition['enter'] | undefined
  readonly settled: ParentDefinition['settled'] | undefined
  readonly woken: ParentDefinition['woken'] | undefined
  readonly came: ParentDefinition['came'] | undefined
  readonly parked: ParentDefinition['parked'] | undefined
  readonly tick: ParentDefinition['tick'] | undefined
  readonly halt: LeafDefinition['halt'] | ParentDefinition['halt'] | undefined

  constructor(definition: AnyDefinition) {
    const leaf = definition.kind === 'leaf' ? definition : undefined
    const parent = definition.kind === 'leaf' ? undefined : definition
    this.name = definition.op
    this.isLeaf = leaf !== undefined
    this.isPure = definition.pure === true
    this.isInOrder = parent?.inOrder === true
    this.hasStages = parent?.exits === true
    this.retries = parent?.retries === true
    this.mayOpenScopes = parent?.frame !== undefined || parent?.overlays !== undefined
    this.mayReadLast = definition.readsLast !== undefined
    this.mayOvertake = parent !== undefined && (parent.parked ?? parent.tick ?? parent.woken) !== undefined
    this.definition = definition
    this.run = leaf?.run
    this.enter = parent?.enter
    this.settled = parent?.settled
    this.woken = parent?.woken
    this.came = parent?.came
    this.parked = parent?.parked
    this.tick = parent?.tick
    this.halt = definition.halt
  }
}

const known = new WeakMap<AnyDefinition, Op>()

export function opOf(definition: AnyDefinition): Op {
  let op = known.get(definition)
  if (op === undefined) known.set(definition, (op = new Op(definition)))
  return op
}
