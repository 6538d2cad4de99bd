import { EngineFault, Halted } from '../tree/faults.ts'
import type { Json } from '../tree/json.ts'
import { Running, type Step } from '../tree/status.ts'
import { performEffect } from './effect.ts'
import type { HaltReason } from './events.ts'
import type { EffectOutcome } from './journal.ts'
import { Order } from './order.ts'
import { ParentVisit } from './parent-visit.ts'
import type { EngineEvent } from './snapshot.ts'
import { AtWork, type Asked, type Parked } from './state.ts'
import { Visit } from './visit.ts'
import { Walk } from './walk.ts'

/**
 * What starts the walk through the tree and what ends it early: events, halts, and what comes back. Nothing is awaited
 * unless a leaf returned a promise, and then only that: a result goes straight from the leaf to what stands above it.
 */
export abstract class Session extends Walk {
  #order: Order | undefined

  override get isBusy(): boolean {
    return this.inFlight > 0 || (!this.isOver() && this.working > 0)
  }

  enterRoot(): void {
    this.#from(0, () => this.enter(0))
  }

  /** Gives a parked node its event. Gone are all waits of a leaf, which parks anew, but only this one of a parent. */
  override deliver(parked: Parked, event: EngineEvent): void {
    if (this.isOver()) return
    const { index } = parked
    const op = this.tree.ops[index]!
    let step: Step
    try {
      if (op.isLeaf) this.unpark(index)
      else this.waits = this.waits.filter((other) => other !== parked)
      if (this.listener === undefined) this.seq++
      else this.tell(index, { kind: 'resume', event: event as unknown as Json, wait: parked.wait })
      if (op.isLeaf) step = this.runLeaf(index, event)
      else if (op.woken !== undefined) step = op.woken(this.visit.at(index), event, this.tree.prepared[index])
      else throw new EngineFault('not_parked', `"${op.name}" waits but cannot be woken`)
    } catch (error) {
      return this.stop(index, error)
    }
    this.go(index, step)
  }

  /** Lets the nodes that react have their say before an event. */
  tick(): void {
    for (const index of this.tree.ticking) {
      if (this.statusOf(index) !== Running) continue
      this.#from(index, () => this.tree.ops[index]!.tick!(this.visit.at(index), this.tree.prepared[index]))
    }
  }

  haltAll(): void {
    this.#from(0, () => {
      this.halt(0, 'cancelled')
      return Running
    })
  }

  /** For a parent that needs something from outside before it can say what comes next. */
  override askFor(index: number, asked: Asked): void {
    if (this.tree.ops[index]!.came === undefined) {
      throw new EngineFault('not_parked', 'it asks for something but takes no answer')
    }
    if (this.statusOf(index) === AtWork) throw new EngineFault('ask_invalid', 'it asks before the last answer came')
    this.assertAlone(index, 'ask_invalid', 'it asks')
    this.atWork(index, this.visitOf(index), performEffect(this, index, asked))
  }

  /** Depth first, children before parent; the signal before the handler. Idle nodes are left alone. */
  override halt(index: number, reason: HaltReason): void {
    const status = this.statusOf(index)
    if (status < Running) return
    const { first, end, ops, prepared } = this.tree
    for (let child = first[index]!; child < end[index]!; child++) {
      if (this.isRunning(child)) this.halt(child, reason)
    }
    this.notes.get(index)?.controller?.abort(new Halted(reason))
    const op = ops[index]!
    if (op.halt !== undefined) {
      const visit = op.isLeaf ? new Visit(this, index, undefined) : new ParentVisit(this, index)
      op.halt(visit as never, prepared[index], reason)
    }
    if (this.undos.length > 0) this.debts.addUndos(index)
    if (this.paying > 0) this.debts.inherit(index)
    if (status === AtWork) this.working--
    this.setStatus(index, 0)
    this.notes.delete(index)
    if (this.waits.length > 0) this.unpark(index)
    if (this.tree.scopes.kinds.size > 0) this.#dropScopes(index)
    this.tell(index, { kind: 'halt', reason })
  }

  override dropScope(scope: number): boolean {
    if (this.owed.length === 0 && this.paying === 0) return this.board.drop(scope)
    return this.debts.dropScope(scope)
  }

  /** Begins with what a node answers, and goes on until nothing can. */
  #from(index: number, answer: () => Step): void {
    if (this.isOver()) return
    let step: Step
    try {
      step = answer()
    } catch (error) {
      this.stop(index, error)
      return
    }
    this.go(index, step)
  }

  protected override atWork(index: number, visit: number, promise: Promise<unknown>): void {
    this.setStatus(index, AtWork)
    this.working++
    promise.then(
      (came) => this.#back(index, visit, came, undefined),
      (error: unknown) => this.#back(index, visit, undefined, { error }),
    )
  }

  /** What comes back to a halted visit, or to a session that is over, is dropped. */
  #back(index: number, visit: number, came: unknown, thrown: { error: unknown } | undefined): void {
    if (this.isLive(index, visit)) {
      if (this.context.journal.arrivals === undefined) this.#land(index, visit, came, thrown)
      else this.#inOrder(index, visit, came, thrown)
    }
    this.rested()
  }

  /** Halted meanwhile, while it was kept for its turn, it is dropped as well. */
  #inOrder(index: number, visit: number, came: unknown, thrown: { error: unknown } | undefined): void {
    const order = (this.#order ??= new Order(this))
    order.arrived(`${this.tree.ids[index]!}#${visit}`, () => {
      if (this.isLive(index, visit)) this.#land(index, visit, came, thrown)
    })
  }

  #land(index: number, visit: number, came: unknown, thrown: { error: unknown } | undefined): void {
    this.working--
    this.setStatus(index, Running)
    this.lookAtBudget()
    if (thrown !== undefined) return this.stop(index, thrown.error)
    let step: Step
    try {
      const op = this.tree.ops[index]!
      step = op.isLeaf
        ? this.answered(index, visit, came)
        : op.came!(this.visit.at(index), came as EffectOutcome, this.tree.prepared[index])
    } catch (error) {
      return this.stop(index, error)
    }
    this.go(index, step)
  }

  /** What a halted branch wrote beside the others never happened. */
  #dropScopes(index: number): void {
    const { first, end, scopes } = this.tree
    for (let child = first[index]!; child < end[index]!; child++) if (scopes.kinds.has(child)) this.dropScope(child)
    if (scopes.kinds.has(index)) this.dropScope(index)
  }
}
