import { EngineFault } from '../tree/faults.ts'
import { Running, statusNames } from '../tree/status.ts'
import { Alarm } from './alarm.ts'
import { Session } from './session.ts'
import type { EngineEvent, SessionStatus } from './snapshot.ts'
import type { Parked } from './state.ts'
import type { TurnContext } from './turn.ts'
import { due, findWait, listenersOf, timerEvent } from './waits.ts'

/** A session in memory, turn by turn. What must survive this process is `restSnapshot`. */
export class Run extends Session {
  status: SessionStatus = 'running'
  /** The last event found nobody who waited for it. */
  ignored = false
  #phases: (() => void)[] = []
  #rest: { resolve: (status: SessionStatus) => void; reject: (error: unknown) => void } | undefined
  readonly #alarm = new Alarm(this)
  #giveUp: (() => void) | undefined

  /** Enters the root. At rest at once unless something is awaited. */
  start(): SessionStatus | Promise<SessionStatus> {
    this.#begin(this.context)
    this.enterRoot()
    return this.#toRest()
  }

  /** Another turn. Deadlines that have passed come before the event. */
  send(event: EngineEvent, context: TurnContext = this.context): SessionStatus | Promise<SessionStatus> {
    this.#begin(context)
    if (this.status !== 'running') {
      this.ignored = true
      return this.status
    }
    const heard = event.kind === 'signal' ? listenersOf(this.waits, event) : undefined
    const wanted = heard === undefined ? findWait(this.waits, event, context.now, this.tree) : undefined
    if (event.kind === 'signal') this.signals.add(event.key ?? '')
    const overdue = due(this.waits, context.now).filter((parked) => parked !== wanted)
    this.ignored = heard === undefined && wanted === undefined
    if (this.ignored && overdue.length === 0) return this.status

    for (const parked of overdue) this.#phases.push(() => this.#wake(parked, timerEvent(parked)))
    if (this.tree.ticking.length > 0) this.#phases.push(() => this.tick())
    for (const parked of heard ?? []) this.#phases.push(() => void this.#wake(parked, event))
    if (wanted !== undefined) this.#phases.push(() => (this.ignored = !this.#wake(wanted, event)))
    return this.#toRest()
  }

  /** Ends it from outside: everything that runs is halted, what must be cleaned up is. */
  stopHere(context: TurnContext = this.context): SessionStatus | Promise<SessionStatus> {
    this.#begin(context)
    if (this.status !== 'running') {
      this.ignored = true
      return this.status
    }
    this.cancel()
    return this.#toRest()
  }

  override rested(): void {
    if (this.#rest === undefined) return
    if (this.#goOn()) {
      this.#alarm.arm()
      return
    }
    const { resolve, reject } = this.#rest
    this.#rest = undefined
    this.#alarm.disarm()
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

  #begin(context: TurnContext): void {
    context.signal.throwIfAborted()
    if (this.#rest !== undefined) throw new Error('The turn before is still at work; wait for it.')
    this.renew(context)
    this.ignored = false
  }

  #toRest(): SessionStatus | Promise<SessionStatus> {
    if (!this.#goOn()) return this.#conclude()
    const { signal } = this.context
    this.#giveUp = () => this.abandon(signal.reason)
    signal.addEventListener('abort', this.#giveUp)
    const rest = new Promise<SessionStatus>((resolve, reject) => void (this.#rest = { resolve, reject }))
    this.#alarm.arm()
    return rest
  }

  /** Takes the next part of the turn when the one before is done; whether something is still under way. */
  #goOn(): boolean {
    while (!this.isBusy) {
      if (this.isOver()) break
      const phase = this.#phases.shift()
      if (phase === undefined) break
      phase()
    }
    return this.isBusy
  }

  #conclude(): SessionStatus {
    this.#phases.length = 0
    this.debts.assertNoneOpen()
    const root = this.statuses[0]!
    if (root >= Running && this.waits.length === 0 && !this.isOver()) {
      this.stop(0, new EngineFault('not_parked', 'the tree is running but nothing in it waits'))
    }
    if (this.abandoned !== undefined) throw this.abandoned.error
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
