import type { HaltReason, TraceEvent } from './events.ts'
import { EngineFault, Halted, Over } from './faults.ts'
import { SessionState } from './session-state.ts'
import type { EngineEvent } from './snapshot.ts'
import type { Json } from './spec.ts'
import { Failure, Running, Success, type Status } from './status.ts'
import type { FailureNote } from './turn.ts'
import { Visit } from './visit.ts'

const STEP_LIMIT = 100_000
const UNNAMED: FailureNote = { code: 'failed', reason: '' }

/**
 * Moves a session through its tree. A node that returns a status is never awaited, so a synchronous tree runs
 * synchronously.
 */
export class Session extends SessionState {
  /** From the root to the node that an event woke. */
  readonly #waking = new Set<number>()
  #event: { index: number; event: EngineEvent } | undefined
  #steps = 0

  /** A parked node gets the event when the run comes down to it. */
  wake(index: number, event: EngineEvent): void {
    this.#event = { index, event }
    for (let node = index; node >= 0; node = this.tree.parent[node]!) this.#waking.add(node)
  }

  /** Enters a node, or goes on in it if it is on the way to the one that was woken. */
  run(index: number): Status | Promise<Status> {
    try {
      const visit = this.statuses[index] === Running ? this.#resume(index) : this.#enter(index)
      if (visit === undefined) return Running
      const status = this.tree.definitions[index]!.run(visit, this.tree.prepared[index])
      return typeof status === 'object' ? this.#later(visit, status) : this.#settle(index, status)
    } catch (error) {
      throw this.stop(index, error)
    }
  }

  /** Depth first, children before parent; the signal before the handler. Idle nodes are left alone. */
  halt(index: number, reason: HaltReason): void {
    if (this.statuses[index] !== Running) return
    const { first, end, definitions, prepared } = this.tree
    for (let child = first[index]!; child < end[index]!; child++) this.halt(child, reason)
    this.controllers.get(index)?.abort(new Halted(reason))
    const definition = definitions[index]!
    if (definition.halt !== undefined) {
      try {
        definition.halt(new Visit(this, index), prepared[index], reason)
      } catch (error) {
        throw this.stop(index, error)
      }
    }
    this.statuses[index] = 0
    this.#forget(index)
    this.failures.delete(index)
    this.results.delete(index)
    this.tell(index, { kind: 'halt', reason })
  }

  #enter(index: number): Visit {
    const limit = this.context.limits?.steps ?? STEP_LIMIT
    if (++this.#steps > limit) throw new EngineFault('budget_exceeded', `the turn entered more than ${limit} nodes`)
    if ((this.#steps & 255) === 0) this.context.signal.throwIfAborted()
    this.statuses[index] = Running
    this.visitOf[index] = ++this.visits
    this.mems[index] = 0
    const seq = this.seq++
    if (this.listener !== undefined) this.hand(this.#entry(seq, index))
    return new Visit(this, index)
  }

  /** Undefined when the node stays parked: the event is for another one. */
  #resume(index: number): Visit | undefined {
    if (!this.#waking.delete(index)) return undefined
    if (this.#event?.index !== index) return new Visit(this, index)
    const { event } = this.#event
    this.#event = undefined
    this.waits = this.waits.filter((parked) => parked.index !== index)
    this.tell(index, { kind: 'resume', event: event as unknown as Json })
    return new Visit(this, index, event)
  }

  /**
   * A promise that nobody will act on (the visit was halted, or the session is over) never settles: those who wait for
   * it are halted as well, and cannot go on by mistake.
   */
  async #later(visit: Visit, promise: Promise<Status>): Promise<Status> {
    const { index } = visit
    try {
      const status = await promise
      if (this.isLive(index, visit.visit)) return this.#settle(index, status)
    } catch (error) {
      if (this.isLive(index, visit.visit)) this.stop(index, error)
    }
    return new Promise(() => {})
  }

  #settle(index: number, status: Status): Status {
    if (this.isOver()) throw new Over()
    if (status === Running) {
      if (this.tree.definitions[index]!.kind === 'leaf' && !this.waits.some((parked) => parked.index === index)) {
        throw new EngineFault('not_parked', 'it returned running without waiting for anything')
      }
      return status
    }
    if (status !== Success && status !== Failure) {
      throw new EngineFault('status_invalid', `it returned ${String(status)}, which is no status`)
    }
    this.statuses[index] = status
    this.#forget(index)
    const parent = this.tree.parent[index]!
    if (status === Failure) this.#settleFailure(index, parent)
    else {
      if (this.failures.size > 0) this.failures.delete(index)
      this.#tellSettled(index)
    }
    if (this.results.size > 0) {
      const result = this.results.get(index)
      if (result !== undefined) {
        this.results.delete(index)
        this.results.set(parent, result)
      }
    }
    return status
  }

  /** A parent that says nothing of its own fails with what failed below it. */
  #settleFailure(index: number, parent: number): void {
    const note = this.failures.get(index) ?? UNNAMED
    this.failures.delete(index)
    this.failures.set(parent, note)
    this.#tellSettled(index, note)
  }

  #tellSettled(index: number, note?: FailureNote): void {
    const seq = this.seq++
    if (this.listener === undefined) return
    const node = this.tree.ids[index]!
    const visit = this.visitOf[index]!
    if (note === undefined) this.hand({ seq, node, visit, kind: 'settle', status: 'success' })
    else this.hand({ seq, node, visit, kind: 'settle', status: 'failure', code: note.code, reason: note.reason })
  }

  #entry(seq: number, index: number): TraceEvent {
    const { ids, titles, definitions } = this.tree
    const title = titles[index]
    const { op } = definitions[index]!
    const entry = { seq, node: ids[index]!, visit: this.visitOf[index]!, kind: 'enter' as const, op }
    return title === undefined ? entry : { ...entry, title }
  }

  #forget(index: number): void {
    if (this.memories.size > 0) this.memories.delete(index)
    if (this.controllers.size > 0) this.controllers.delete(index)
    if (this.waits.length > 0) this.waits = this.waits.filter((parked) => parked.index !== index)
  }
}
