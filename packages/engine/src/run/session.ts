import { EngineFault, Halted } from '../tree/faults.ts'
import type { Json } from '../tree/json.ts'
import { Failure, Running, Success, type Settled, type Step } from '../tree/status.ts'
import type { Tree } from '../tree/tree.ts'
import { Debts } from './debts.ts'
import { performEffect } from './effect.ts'
import type { HaltReason, TraceEvent } from './events.ts'
import type { EffectOutcome } from './journal.ts'
import { LeafVisit } from './leaf-visit.ts'
import { Order } from './order.ts'
import { ParentVisit } from './parent-visit.ts'
import type { EngineEvent } from './snapshot.ts'
import { AtWork, State, type Asked, type Origin, type Owed, type Parked } from './state.ts'
import type { FailureNote } from './snapshot.ts'
import type { TurnContext } from './turn.ts'

const STEP_LIMIT = 100_000
const UNNAMED: FailureNote = { code: 'failed', reason: '' }

/**
 * Moves a session through its tree. There is one loop: a node answers with a status or with a child to enter, and the
 * loop does what follows, up and down, until nothing can go on. Nothing is awaited unless a leaf returned a promise,
 * and then only that: a result goes straight from the leaf to what stands above it.
 */
export abstract class Session extends State {
  readonly #order: Order
  readonly #debts: Debts
  readonly #visit: ParentVisit
  #steps = 0
  #startedMs = 0

  constructor(tree: Tree, context: TurnContext, origin: Origin) {
    super(tree, context, origin)
    this.#order = new Order(this)
    this.#debts = new Debts(this)
    this.#visit = new ParentVisit(this, 0)
  }

  override renew(context: TurnContext): void {
    super.renew(context)
    this.#steps = 0
    this.#startedMs = context.clock?.() ?? 0
  }

  override get isBusy(): boolean {
    return this.inFlight > 0 || (!this.isOver() && this.working > 0)
  }
  get debts(): Debts {
    return this.#debts
  }
  get order(): Order {
    return this.#order
  }

  enterRoot(): void {
    this.#from(0, () => this.#enter(0))
  }

  /** Gives a parked node its event. Gone are all waits of a leaf, which parks anew, but only this one of a parent. */
  override deliver(parked: Parked, event: EngineEvent): void {
    const { index } = parked
    const op = this.tree.ops[index]!
    this.#from(index, () => {
      if (op.isLeaf) this.unpark(index)
      else this.waits = this.waits.filter((other) => other !== parked)
      this.tell(index, { kind: 'resume', event: event as unknown as Json })
      if (op.isLeaf) return this.#runLeaf(index, event)
      if (op.woken === undefined) throw new EngineFault('not_parked', `"${op.name}" waits but cannot be woken`)
      return op.woken(this.#visit.at(index), event, this.tree.prepared[index])
    })
  }

  /** Lets the nodes that react have their say before an event. */
  tick(): void {
    for (const index of this.tree.ticking) {
      if (this.statuses[index] !== Running) continue
      this.#from(index, () => this.tree.ops[index]!.tick!(this.#visit.at(index), this.tree.prepared[index]))
    }
  }

  cancel(): void {
    this.#from(0, () => {
      this.halt(0, 'cancelled')
      return Running
    })
  }

  /** For a parent that needs something from outside before it can say what comes next. */
  override askFor(index: number, asked: Asked): void {
    const visit = this.visitOf[index]!
    const { came } = this.tree.ops[index]!
    if (came === undefined) throw new EngineFault('not_parked', 'it asks for something but takes no answer')
    const goOn = (outcome: EffectOutcome) => came(this.#visit.at(index), outcome, this.tree.prepared[index])
    this.#atWork(index, visit, performEffect(this, index, asked), (outcome) => goOn(outcome as EffectOutcome))
  }

  override owe(owed: Owed): void {
    this.#debts.add(owed)
  }

  /** Depth first, children before parent; the signal before the handler. Idle nodes are left alone. */
  override halt(index: number, reason: HaltReason): void {
    const status = this.statuses[index]!
    if (status < Running) return
    const { first, end, ops, prepared } = this.tree
    for (let child = first[index]!; child < end[index]!; child++) {
      if (this.statuses[child]! >= Running) this.halt(child, reason)
    }
    this.controllers.get(index)?.abort(new Halted(reason))
    const op = ops[index]!
    if (op.halt !== undefined) {
      const visit = op.isLeaf ? new LeafVisit(this, index) : new ParentVisit(this, index)
      op.halt(visit as never, prepared[index], reason)
    }
    if (this.undos.length > 0) this.#debts.addUndos(index)
    if (status === AtWork) this.working--
    this.statuses[index] = 0
    this.#forget(index)
    this.failures.delete(index)
    this.results.delete(index)
    if (this.tree.scopes.kinds.size > 0) this.#dropScopes(index)
    this.tell(index, { kind: 'halt', reason })
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
    this.#go(index, step)
  }

  #go(from: number, answer: Step): void {
    const { tree } = this
    const { first, end, ops, prepared, parent } = tree
    let index = from
    let step = answer
    try {
      for (;;) {
        if (this.#debts.isDue) [index, step] = this.#debts.pay(index, step)
        if (step < 0) {
          const child = first[index]! + ~step
          if (child >= end[index]!) {
            throw new EngineFault('no_child', `it asked for child ${~step} of ${end[index]! - first[index]!}`)
          }
          index = child
          step = this.#enter(child)
        } else if (step === Running) {
          index = tree.near.fork[index]!
          if (index < 0 || this.statuses[index] !== Running) return
          step = ops[index]!.parked!(this.#visit.at(index), prepared[index])
        } else if (step === Success || step === Failure) {
          if (step === Failure && this.undos.length > 0 && this.#debts.addUndos(index)) continue
          this.#settle(index, step as Settled)
          if (this.#debts.isOpen) {
            const paid = this.#debts.settled(index)
            if (paid === 'dropped') return
            if (paid !== undefined) {
              ;[index, step] = paid
              continue
            }
          }
          if (index === 0) return
          const child = index
          index = parent[index]!
          step = ops[index]!.settled!(this.#visit.at(index), child - first[index]!, step as Settled, prepared[index])
        } else throw new EngineFault('status_invalid', `it returned ${String(step)}, which is no status`)
      }
    } catch (error) {
      this.stop(index, error)
    }
  }

  /** Also for what is cleaned up: whatever stands above it need not be running. */
  override enter(index: number): Step {
    return this.#enter(index)
  }

  #enter(index: number): Step {
    if ((++this.#steps & 255) === 0 || this.#steps > (this.context.limits?.steps ?? STEP_LIMIT)) this.#checkBudget()
    this.statuses[index] = Running
    this.visitOf[index] = ++this.visits
    this.mems[index] = 0
    const seq = this.seq++
    if (this.context.subscribe !== undefined) this.hand(this.#entry(seq, index))
    const op = this.tree.ops[index]!
    return op.isLeaf ? this.#runLeaf(index) : op.enter!(this.#visit.at(index), this.tree.prepared[index])
  }

  #runLeaf(index: number, event?: EngineEvent): Step {
    const op = this.tree.ops[index]!
    const visit = new LeafVisit(this, index, event)
    const came: unknown = op.run!(visit, this.tree.prepared[index])
    if (typeof came !== 'object' || came === null || !('then' in came)) return this.#answered(index, came)
    if (op.isPure) throw new EngineFault('not_at_once', `"${op.name}" is pure, so it must answer at once`)
    this.#atWork(index, visit.visit, came as Promise<unknown>, (status) => this.#answered(index, status))
    return Running
  }

  /** A leaf's own answer: it enters nobody, and running means that it parked. */
  #answered(index: number, status: unknown): Step {
    if (status === Success || status === Failure) return status
    if (status !== Running) {
      throw new EngineFault('status_invalid', `it returned ${String(status)}, which is no status`)
    }
    for (const parked of this.waits) if (parked.index === index) return Running
    throw new EngineFault('not_parked', 'it returned running without waiting for anything')
  }

  #atWork(index: number, visit: number, promise: Promise<unknown>, answer: (came: unknown) => Step): void {
    this.statuses[index] = AtWork
    this.working++
    promise.then(
      (came) => this.#back(index, visit, came, answer),
      (error: unknown) =>
        this.#back(index, visit, undefined, () => {
          throw error
        }),
    )
  }

  /** What comes back to a halted visit, or to a session that is over, is dropped. */
  #back(index: number, visit: number, came: unknown, answer: (came: unknown) => Step): void {
    if (this.isLive(index, visit)) {
      const land = () => {
        if (!this.isLive(index, visit)) return
        this.working--
        this.statuses[index] = Running
        this.#from(index, () => answer(came))
      }
      if (this.context.journal.arrivals === undefined) land()
      else this.#order.arrived(`${this.tree.ids[index]!}#${visit}`, land)
    }
    this.rested()
  }

  #settle(index: number, status: Settled): void {
    const { parent } = this.tree
    this.statuses[index] = status
    if (this.memories.size > 0) this.memories.delete(index)
    if (this.controllers.size > 0) this.controllers.delete(index)
    if (this.waits.length > 0) this.unpark(index)
    const above = parent[index]!
    if (status === Failure) {
      // A parent that says nothing of its own fails with what failed below it.
      const note = this.failures.get(index) ?? UNNAMED
      this.failures.delete(index)
      this.failures.set(above, note)
      this.#tellSettled(index, note)
    } else {
      if (this.failures.size > 0) {
        this.failures.delete(index)
        this.failures.delete(above)
      }
      this.#tellSettled(index)
    }
    if (this.results.size > 0) {
      const result = this.results.get(index)
      if (result !== undefined) {
        this.results.delete(index)
        this.results.set(above, result)
      }
    }
    if (index === 0 && status === Success) this.undos = []
  }

  #tellSettled(index: number, note?: FailureNote): void {
    const seq = this.seq++
    if (this.context.subscribe === undefined) return
    const node = this.tree.ids[index]!
    const visit = this.visitOf[index]!
    if (note === undefined) this.hand({ seq, node, visit, kind: 'settle', status: 'success' })
    else this.hand({ seq, node, visit, kind: 'settle', status: 'failure', code: note.code, reason: note.reason })
  }

  #entry(seq: number, index: number): TraceEvent {
    const { ids, titles, ops } = this.tree
    const title = titles[index]
    const { name } = ops[index]!
    const entry = { seq, node: ids[index]!, visit: this.visitOf[index]!, kind: 'enter' as const, op: name }
    return title === undefined ? entry : { ...entry, title }
  }

  #forget(index: number): void {
    this.memories.delete(index)
    this.controllers.delete(index)
    if (this.waits.length > 0) this.unpark(index)
  }

  /** What a halted branch wrote beside the others never happened. */
  #dropScopes(index: number): void {
    const { first, end, scopes } = this.tree
    for (let child = first[index]!; child < end[index]!; child++) if (scopes.kinds.has(child)) this.board.drop(child)
    if (scopes.kinds.has(index)) this.board.drop(index)
  }

  #checkBudget(): void {
    const { limits, signal, clock } = this.context
    const steps = limits?.steps ?? STEP_LIMIT
    if (this.#steps > steps) throw new EngineFault('budget_exceeded', `the turn entered more than ${steps} nodes`)
    signal.throwIfAborted()
    const ms = limits?.ms
    if (ms !== undefined && clock !== undefined && clock() - this.#startedMs > ms) {
      throw new EngineFault('budget_exceeded', `the turn took more than ${ms} ms`)
    }
  }
}
