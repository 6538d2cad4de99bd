import { EngineFault, type EngineFaultCode } from '../tree/faults.ts'
import { Failure, Running, Success, type Settled, type Step } from '../tree/status.ts'
import type { Tree } from '../tree/tree.ts'
import { Debts } from './debts.ts'
import { ParentVisit } from './parent-visit.ts'
import type { EngineEvent } from './snapshot.ts'
import { MAX_VISITS, State, type Origin } from './state.ts'
import { tellEntered, tellSettled } from './tell.ts'
import type { TurnContext } from './turn.ts'
import { Visit } from './visit.ts'

const STEP_LIMIT = 100_000
const NOWHERE = -1
/** Steps between two looks at the clock and the signal. */
const CHECK_EVERY = 256

/**
 * The one loop: a node answers with a status or with a child to enter, and the loop does what follows, up and down,
 * until nothing can go on.
 */
export abstract class Walk extends State {
  protected readonly visit: ParentVisit
  #debts: Debts | undefined
  #steps = 0
  #checkAt = 0
  #at = NOWHERE
  #startedMs = 0

  constructor(tree: Tree, context: TurnContext, origin: Origin) {
    super(tree, context, origin)
    this.visit = new ParentVisit(this, 0)
  }

  /** A leaf's promise is out. */
  protected abstract atWork(index: number, visit: number, promise: Promise<unknown>): void

  get debts(): Debts {
    return (this.#debts ??= new Debts(this))
  }

  override renew(context: TurnContext): void {
    super.renew(context)
    this.#steps = 0
    // A turn begins with a look at the signal; a session near its end is looked at from the first step on.
    const steps = context.limits?.steps ?? STEP_LIMIT
    this.#checkAt = steps > CHECK_EVERY && this.visits < MAX_VISITS - 2 * CHECK_EVERY ? CHECK_EVERY : 0
    if (context.clock !== undefined) this.#startedMs = context.clock()
  }

  /** Time passes while something is awaited, however few steps are taken. */
  protected lookAtBudget(): void {
    if (this.context.limits?.ms !== undefined) this.#checkAt = 0
  }

  protected go(from: number, answer: Step): void {
    if (answer === Success && this.tree.follow[from]! > 0 && this.isQuiet) this.#goInRow(from)
    else this.#goAnyway(from, answer)
  }

  /** Nothing but the row that a leaf stands in has a say in what comes after it. */
  get isQuiet(): boolean {
    return (
      this.owed.length === 0 &&
      this.paying === 0 &&
      this.undos.length === 0 &&
      this.waits.length === 0 &&
      this.notes.isEmpty
    )
  }

  /** The short way for leaves one after the other that each have to be waited for. */
  #goInRow(from: number): void {
    const { parent, follow, ops, near } = this.tree
    const next = follow[from]!
    const above = parent[from]!
    if (!ops[from]!.isLeaf || !ops[next]!.isLeaf) return this.#goAnyway(from, Success)
    try {
      this.setStatus(from, Success)
      if (this.listener === undefined) this.seq++
      else tellSettled(this, from)
      const step = this.#row(above, next)
      const at = this.#at
      this.#at = NOWHERE
      if (step === Running && near.fork[at]! < 0) return
      this.#goAnyway(at, step)
    } catch (error) {
      this.stop(this.#at === NOWHERE ? from : this.#at, error)
      this.#at = NOWHERE
    }
  }

  #goAnyway(from: number, answer: Step): void {
    const { tree } = this
    const { first, end, ops, prepared, parent, follow } = tree
    let index = from
    let step = answer
    try {
      for (;;) {
        if (this.owed.length > 0) {
          const due = this.debts.pay(index, step)
          index = due[0]
          step = due[1]
        }
        if (step < 0) {
          const child = first[index]! + ~step
          if (child >= end[index]!) throw noChild(~step, end[index]! - first[index]!)
          if (follow[child]! >= 0 && ops[child]!.isLeaf) {
            step = this.#row(index, child)
            index = this.#at
            this.#at = NOWHERE
          } else {
            index = child
            step = this.enter(child)
          }
        } else if (step === Running) {
          do index = tree.near.fork[index]!
          while (this.paying > 0 && index >= 0 && this.debts.isPutOff(index))
          if (index < 0 || this.statusOf(index) !== Running) return
          step = ops[index]!.parked!(this.visit.at(index), prepared[index])
        } else if (step === Success || step === Failure) {
          if (step === Failure && this.undos.length > 0 && this.debts.addUndos(index)) continue
          this.#settle(index, step as Settled)
          if (this.paying > 0) {
            const paid = this.debts.settled(index)
            if (paid === 'dropped') return
            if (paid !== undefined) {
              index = paid[0]
              step = paid[1]
              continue
            }
          }
          if (index === 0) return
          const child = index
          const next = follow[child]!
          index = parent[child]!
          if (next >= 0) step = step === Failure || next === 0 ? step : (~(next - first[index]!) as Step)
          else
            step = ops[index]!.settled!(this.visit.at(index), child - first[index]!, step as Settled, prepared[index])
        } else {
          ignore(step)
          throw noStatus(step)
        }
      }
    } catch (error) {
      this.stop(this.#at === NOWHERE ? index : this.#at, error)
      this.#at = NOWHERE
    }
  }

  /**
   * Leaves in a row: most of what a tree does, and so the short way. Goes on while each succeeds at once and leaves
   * nothing; answers for the node that it then leaves in `#at`.
   */
  #row(above: number, from: number): Step {
    const { ops, prepared, first, end } = this.tree
    const { notes } = this
    let child = from
    try {
      for (; child < end[above]!; child++) {
        const op = ops[child]!
        if (!op.isLeaf) {
          this.#at = above
          return ~(child - first[above]!) as Step
        }
        if (++this.#steps > this.#checkAt) this.#checkBudget()
        this.mark(child, ++this.visits, Running)
        if (this.listener === undefined) this.seq++
        else tellEntered(this, child)
        const visit = new Visit(this, child, undefined)
        const came: unknown = op.run!(visit, prepared[child])
        if (came !== Success || !notes.isEmpty || this.waits.length > 0) {
          this.#at = child
          return this.answered(child, visit.visit, came)
        }
        this.setStatus(child, Success)
        if (this.listener === undefined) this.seq++
        else tellSettled(this, child)
      }
      this.#at = above
      return Success
    } catch (error) {
      this.#at = child
      throw error
    }
  }

  /** Whatever stands above need not be running: what is cleaned up is entered like this. */
  override enter(index: number): Step {
    if (++this.#steps > this.#checkAt) this.#checkBudget()
    this.mark(index, ++this.visits, Running)
    if (this.listener === undefined) this.seq++
    else tellEntered(this, index)
    const op = this.tree.ops[index]!
    return op.isLeaf ? this.runLeaf(index) : op.enter!(this.visit.at(index), this.tree.prepared[index])
  }

  protected runLeaf(index: number, event?: EngineEvent): Step {
    const visit = new Visit(this, index, event)
    return this.answered(index, visit.visit, this.tree.ops[index]!.run!(visit, this.tree.prepared[index]))
  }

  /** A leaf's own answer: it enters nobody, and running means that it parked. */
  protected answered(index: number, visit: number, came: unknown): Step {
    if (came === Success || came === Failure) return came
    return came === Running && this.isParked(index) ? Running : this.#awaited(index, visit, came)
  }

  /** Apart, so that what answers at once stays short. */
  #awaited(index: number, visit: number, came: unknown): Step {
    if (isThenable(came)) {
      const { isPure, name } = this.tree.ops[index]!
      if (isPure) {
        ignore(came)
        throw new EngineFault('not_at_once', `"${name}" is pure, so it must answer at once`)
      }
      // What only looks like a promise may answer more than once.
      this.atWork(index, visit, came instanceof Promise ? came : Promise.resolve(came))
      return Running
    }
    if (came === Running) throw new EngineFault('not_parked', 'it returned running without waiting for anything')
    throw noStatus(came)
  }

  /** For what a node may not do while something below it runs. */
  protected assertAlone(index: number, code: EngineFaultCode, what: string): void {
    const { first, end, ids } = this.tree
    for (let child = first[index]!; child < end[index]!; child++) {
      if (!this.isRunning(child)) continue
      throw new EngineFault(code, `${what} while ${ids[child]} runs; halt that first`)
    }
  }

  #settle(index: number, status: Settled): void {
    if (this.tree.ops[index]!.mayOvertake) this.assertAlone(index, 'child_running', 'it settled')
    this.setStatus(index, status)
    if (this.waits.length > 0) this.unpark(index)
    if (status === Success && this.notes.isEmpty) tellSettled(this, index)
    else tellSettled(this, index, this.notes.settle(index, this.tree.parent[index]!, status))
    if (index === 0 && status === Success) this.undos = []
  }

  #checkBudget(): void {
    const { limits, signal, clock } = this.context
    const steps = limits?.steps ?? STEP_LIMIT
    if (!(this.#steps <= steps)) throw new EngineFault('budget_exceeded', `the turn entered more than ${steps} nodes`)
    if (this.visits >= MAX_VISITS - CHECK_EVERY) {
      throw new EngineFault('budget_exceeded', `the session entered ${MAX_VISITS} nodes; begin a new one`)
    }
    this.#checkAt = Math.min(steps, this.#steps + CHECK_EVERY)
    signal.throwIfAborted()
    const ms = limits?.ms
    if (ms !== undefined && clock !== undefined && clock() - this.#startedMs > ms) {
      throw new EngineFault('budget_exceeded', `the turn took more than ${ms} ms`)
    }
  }
}

const isThenable = (came: unknown): came is PromiseLike<unknown> =>
  came instanceof Promise ||
  (typeof came === 'object' && came !== null && typeof (came as { then?: unknown }).then === 'function')

const noChild = (child: number, of: number): EngineFault =>
  new EngineFault('no_child', `it asked for child ${child} of ${of}`)

const noStatus = (came: unknown): EngineFault =>
  new EngineFault('status_invalid', `it returned ${String(came)}, which is no status`)

/** An answer that should not be a promise: it is a fault already, and must not be a second one when it rejects. */
function ignore(came: unknown): void {
  Promise.resolve(came).catch(() => {})
}
