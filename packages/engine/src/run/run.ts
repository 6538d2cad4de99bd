import { EngineFault } from '../tree/faults.ts'
import type { Json } from '../tree/json.ts'
import { Running, statusNames } from '../tree/status.ts'
import { Alarm } from './alarm.ts'
import { Session } from './session.ts'
import { save } from './save.ts'
import type { EngineEvent, FailureNote, SessionStatus, Snapshot } from './snapshot.ts'
import { Fresh, Resting, Turning, type Parked } from './state.ts'
import type { SessionFault, TurnContext } from './turn.ts'
import { due, findWait, isFor, listenersOf, timerEvent } from './waits.ts'

/** The root hands its failure and result to its parent like any node. */
const ABOVE_ROOT = -1

export interface Advance {
  snapshot: Snapshot
  status: SessionStatus
  waits: Snapshot['waits']
  fault?: SessionFault
  /** Why the tree failed. */
  failure?: FailureNote
  /** What the tree left as its result. */
  result?: Json
  /** No wait matched the event. The snapshot is the one that was given, unless a deadline had passed meanwhile. */
  ignored?: true
}

const NOTHING: readonly never[] = []

/** A session in memory, turn by turn. What must survive this process is its `snapshot`. */
export class Run extends Session {
  status: SessionStatus = 'running'
  /** The last event found nobody who waited for it. */
  ignored = false
  #phases: readonly (() => void)[] = NOTHING
  #rest: { resolve: (status: SessionStatus) => void; reject: (error: unknown) => void } | undefined
  #alarm: Alarm | undefined
  #giveUp: (() => void) | undefined

  /** Enters the root. At rest at once unless something is awaited. */
  start(): SessionStatus | Promise<SessionStatus> {
    const { signal } = this.context
    if (signal.aborted) throw signal.reason
    if (this.phase !== Fresh) throw new Error('This session has begun already; send it events.')
    this.#begin(this.context)
    this.enterRoot()
    return this.#toRest()
  }

  /** Another turn. Deadlines that have passed come before the event. */
  send(event: EngineEvent, context: TurnContext = this.context): SessionStatus | Promise<SessionStatus> {
    if (!this.#isOpen(context)) return this.status
    if (event.kind === 'signal') return this.#signal(event, context)
    const { waits, tree } = this
    // The usual case: one waits, and it is for that one, so nothing else can be overdue.
    if (waits.length === 1 && tree.ticking.length === 0 && isFor(waits[0]!, event, context.now, tree)) {
      this.#begin(context)
      this.deliver(waits[0]!, event)
      return this.#toRest()
    }
    const wanted = findWait(waits, event, context.now, tree)
    const overdue = due(waits, context.now)
    this.#begin(context)
    const others = overdue.filter((parked) => parked !== wanted)
    this.ignored = wanted === undefined
    if (this.ignored && others.length === 0) return this.#conclude()
    const phases = this.#before(others)
    if (wanted !== undefined) phases.push(() => void (this.ignored = !this.#wake(wanted, event)))
    this.#phases = phases
    return this.#toRest()
  }

  /** Remembered for good, and heard by everybody who listens now. */
  #signal(event: EngineEvent, context: TurnContext): SessionStatus | Promise<SessionStatus> {
    this.#begin(context)
    const name = event.key ?? ''
    ;(this.signals ??= new Set()).add(name)
    try {
      this.tell(0, { kind: 'signal', name })
    } catch (error) {
      this.stop(0, error)
    }
    const phases = this.#before(due(this.waits, this.context.now))
    for (const parked of listenersOf(this.waits, event)) phases.push(() => void this.#wake(parked, event))
    this.#phases = phases
    return this.#toRest()
  }

  /** What comes before an event: deadlines that have passed, then nodes that react. */
  #before(overdue: readonly Parked[]): (() => void)[] {
    const phases = overdue.map((parked) => (): void => void this.#wake(parked, timerEvent(parked)))
    if (this.tree.ticking.length > 0) phases.push(() => this.tick())
    return phases
  }

  /** Ends it from outside: everything that runs is halted, what must be cleaned up is. */
  cancel(context: TurnContext = this.context): SessionStatus | Promise<SessionStatus> {
    if (!this.#isOpen(context)) return this.status
    this.#begin(context)
    this.haltAll()
    return this.#toRest()
  }

  /** Only at rest. */
  snapshot(): Snapshot {
    this.#assertAtRest()
    return save(this, this.status)
  }

  rest(): Advance {
    const { status, fault } = this
    const snapshot = this.snapshot()
    const rest: Advance = { snapshot, status, waits: snapshot.waits }
    if (this.ignored) rest.ignored = true
    if (fault !== undefined) return { ...rest, fault }
    const { failure, result } = this.notes.get(ABOVE_ROOT) ?? {}
    if (failure !== undefined) rest.failure = failure
    if (result !== undefined) rest.result = result
    return rest
  }

  override rested(): void {
    if (this.#rest === undefined) return
    if (this.#goOn()) {
      this.#arm()
      return
    }
    const { resolve, reject } = this.#rest
    this.#rest = undefined
    this.#alarm?.disarm()
    if (this.#giveUp !== undefined) this.context.signal.removeEventListener('abort', this.#giveUp)
    try {
      resolve(this.#conclude())
    } catch (error) {
      reject(error)
    }
  }

  override abandon(error: unknown): void {
    super.abandon(error)
    this.rested()
  }

  #assertAtRest(): void {
    if (this.phase === Fresh) throw new Error('This session has not begun; start it.')
    if (this.phase === Turning || this.#rest !== undefined) {
      throw new Error('The turn before is still at work; wait for it.')
    }
    if (this.abandoned === undefined) return
    throw new Error('A turn of this session was given up half way; open the session again from the snapshot before it.')
  }

  /** Whether an event can change anything. */
  #isOpen(context: TurnContext): boolean {
    if (context.signal.aborted) throw context.signal.reason
    if (this.phase === Resting && this.status === 'running') return true
    this.#assertAtRest()
    this.ignored = true
    return false
  }

  #begin(context: TurnContext): void {
    this.phase = Turning
    this.renew(context)
    this.ignored = false
  }

  #toRest(): SessionStatus | Promise<SessionStatus> {
    if (!this.#goOn()) return this.#conclude()
    const { signal } = this.context
    // By a name of its own: what is written straight into a field is kept among old objects, and all that it sees with it.
    const giveUp = (): void => this.abandon(signal.reason)
    this.#giveUp = giveUp
    signal.addEventListener('abort', giveUp)
    const rest = new Promise<SessionStatus>((resolve, reject) => void (this.#rest = { resolve, reject }))
    this.#arm()
    // Aborted by what happened in the turn itself, before anybody listened.
    if (signal.aborted) giveUp()
    return rest
  }

  #arm(): void {
    if (this.waits.length === 0 && this.context.journal.arrivals === undefined) return
    this.#alarm ??= new Alarm(this)
    this.#alarm.arm()
  }

  /** Takes the next part of the turn when the one before is done; whether something is still under way. */
  #goOn(): boolean {
    while (this.#phases.length > 0 && !this.isBusy && !this.isOver()) {
      const [phase, ...rest] = this.#phases
      this.#phases = rest
      phase!()
    }
    return this.isBusy
  }

  #conclude(): SessionStatus {
    if (this.#phases !== NOTHING) this.#phases = NOTHING
    if (this.paying > 0 || this.owed.length > 0) this.debts.conclude()
    const root = this.statusOf(0)
    if (root === Running && this.waits.length > 0 && !this.isOver()) {
      this.phase = Resting
      return (this.status = 'running')
    }
    return this.#end(root)
  }

  #end(root: number): SessionStatus {
    if (root >= Running && this.waits.length === 0 && !this.isOver()) {
      this.stop(0, new EngineFault('not_parked', 'the tree is running but nothing in it waits'))
    }
    if (this.abandoned !== undefined) throw this.abandoned.error
    if (!this.isOver()) this.phase = Resting
    if (this.fault !== undefined) this.status = 'faulted'
    else this.status = root === 0 ? 'cancelled' : (statusNames[root] as SessionStatus)
    return this.status
  }

  /** A wait that something else ended meanwhile is not there any more. */
  #wake(parked: Parked, event: EngineEvent): boolean {
    if (!this.waits.includes(parked)) return false
    this.deliver(parked, event)
    return true
  }
}
