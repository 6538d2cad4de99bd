import { EngineFault, Halted, Over } from '../tree/faults.ts'
import type { EffectOptions, Perform, TestEnv } from '../tree/definition.ts'
import type { Json } from '../tree/json.ts'
import { Running, type Step } from '../tree/status.ts'
import type { Tree } from '../tree/tree.ts'
import { Blackboard } from './blackboard.ts'
import { Chance } from './chance.ts'
import { Entries } from './entries.ts'
import type { Happening, HaltReason, Subscriber, TraceEvent } from './events.ts'
import { Notes } from './notes.ts'
import type { Cell, EngineEvent, Wait } from './snapshot.ts'
import type { SessionFault, TurnContext } from './turn.ts'

/** Of a mark: enough for AtWork, the highest. */
const STATUS_BITS = 3
const STATUS = 2 ** STATUS_BITS - 1
/** What a mark has room for while it is a small number to every machine. */
export const MAX_VISITS = 2 ** (30 - STATUS_BITS) - 1

/** Between turns nothing may move, and once a session is over nothing does any more. */
export const Fresh = 0
export const Resting = 1
export const Turning = 2
export const Ended = 3

/** A leaf whose promise is out: running, but not parked. */
export const AtWork = 4

export interface Parked {
  index: number
  visit: number
  wait: Wait
}

/** What has to be undone: the number of the node to run, the visit that did it, and what it is to see. */
export interface Undoing {
  root: number
  visit: number
  cells: Record<string, Cell>
}

/** Something from outside that a node asks for. */
export interface Asked {
  name: string
  args: Json
  options: EffectOptions
  perform: Perform
}

/** A part of the tree that must be run to its end before anything else happens, although nothing above it runs. */
export interface Owed {
  root: number
  /** The node on whose behalf. */
  for: number
  because: 'finally' | 'undo'
  /** Where it is to be undone. */
  undoing?: Undoing
}

/** What is owed, one after the other, and what goes on afterwards: what a node had answered. */
export interface Debt {
  left: Owed[]
  /** What is being run. */
  running?: Owed | undefined
  node: number
  visit: number
  step: Step
  /** How many others must be paid first, since their nodes were halted by this one's. */
  awaited: number
  /** Of those: the one that waits for it. */
  heir?: Debt
}

export interface Origin {
  cells: Record<string, Cell | null>
  seq: number
  visits: number
}

const NONE: readonly never[] = []

/** One session: a few arrays indexed like the tree's tables, its blackboard, and how it may end. */
export abstract class State {
  readonly tree: Tree
  context: TurnContext
  listener: Subscriber | undefined
  readonly board: Blackboard

  /** By node: the session-wide number of its last entry, and below that its status. One plain list is the cheapest. */
  readonly #marks: number[]
  readonly notes = new Notes()
  /** What nodes keep from one visit to the next. */
  kept: Map<number, Json> | undefined
  signals: Set<string> | undefined
  waits: Parked[] = []
  undos: readonly Undoing[] = NONE
  /** To be run before anything else. */
  owed: readonly (Owed | Debt)[] = NONE
  /** How many of them are being run. */
  paying = 0
  #entries: Entries | undefined
  seq: number
  visits: number
  transitions = 0

  fault: SessionFault | undefined
  /** An error that is not the session's: the turn is given up and run again. */
  abandoned: { error: unknown } | undefined
  /** Leaves whose promises are out, and parents that asked for something. */
  working = 0
  phase: typeof Fresh | typeof Resting | typeof Turning | typeof Ended = Fresh
  /** Effects under way, also those of halted nodes. */
  inFlight = 0
  /** By visit. */
  #chances: Map<number, Chance> | undefined
  #begunAt = 0
  #envs: (TestEnv | undefined)[] | undefined

  constructor(tree: Tree, context: TurnContext, { cells, seq, visits }: Origin) {
    this.tree = tree
    this.context = context
    this.listener = context.subscribe
    this.board = new Blackboard(cells, tree.scopes)
    this.#marks = tree.noughts.slice()
    this.seq = seq
    this.visits = visits
  }

  /** To be called whenever something that was under way came back. */
  abstract rested(): void
  /** Something still is. */
  abstract get isBusy(): boolean
  abstract enter(index: number): Step
  abstract deliver(parked: Parked, event: EngineEvent): void
  abstract halt(index: number, reason: HaltReason): void
  abstract askFor(index: number, asked: Asked): void
  /** What was written there is gone, as soon as nothing below has to be cleaned up; returns whether that changed it. */
  abstract dropScope(scope: number): boolean

  /** Another turn: its own time, chance and budgets. */
  renew(context: TurnContext): void {
    if (context !== this.context) {
      this.context = context
      this.listener = context.subscribe
      this.#envs = undefined
    }
    this.transitions = 0
    this.#entries?.begin()
    this.#chances = undefined
    this.#begunAt = this.seq
  }

  get entries(): Entries {
    return (this.#entries ??= new Entries())
  }

  /** Each visit has its own, or what one node draws would depend on who else came back before it. */
  chanceOf(index: number): Chance {
    const visit = this.visitOf(index)
    const chances = (this.#chances ??= new Map())
    let chance = chances.get(visit)
    if (chance === undefined) {
      const { sessionId, seed } = this.context
      chance = new Chance(JSON.stringify([sessionId, seed, this.#begunAt, this.tree.ids[index]!, visit]))
      chances.set(visit, chance)
    }
    return chance
  }

  /** What a condition sees from where a node stands. */
  envOf(index: number): TestEnv {
    const scope = this.tree.near.scope[index]!
    const envs = (this.#envs ??= [])
    let env = envs[scope + 1]
    if (env === undefined) {
      const { now, dayOf } = this.context
      env = envs[scope + 1] = { read: (path) => this.board.read(scope, path), now, ...(dayOf && { dayOf }) }
    }
    return env
  }

  /** 0 idle, else a Status or AtWork; Running from entry until the node settles. */
  statusOf(index: number): number {
    return this.#marks[index]! & STATUS
  }
  isRunning(index: number): boolean {
    return (this.#marks[index]! & STATUS) >= Running
  }
  /** Session-wide number of the last entry. */
  visitOf(index: number): number {
    return this.#marks[index]! >> STATUS_BITS
  }
  mark(index: number, visit: number, status: number): void {
    this.#marks[index] = (visit << STATUS_BITS) | status
  }
  setStatus(index: number, status: number): void {
    this.#marks[index] = (this.#marks[index]! & ~STATUS) | status
  }
  isLive(index: number, visit: number): boolean {
    return this.visitOf(index) === visit && this.isRunning(index) && this.phase === Turning
  }

  isOver(): boolean {
    return this.phase === Ended
  }

  /** Ends the session for what a node threw, or the turn if it was aborted. */
  stop(index: number, error: unknown): void {
    if (error instanceof Over || this.isOver()) return
    if (this.context.signal.aborted) return this.abandon(this.context.signal.reason)
    const code = faultCode(error)
    const reason = reasonOf(error)
    try {
      this.tell(index, { kind: 'fault', code, reason })
    } catch {
      return
    }
    this.fault = { code, reason, node: this.tree.ids[index]!, cause: error }
    this.phase = Ended
    this.#abortAll(new Halted('over'))
  }

  abandon(error: unknown): void {
    this.abandoned ??= { error }
    this.phase = Ended
    this.#abortAll(error)
  }

  /** Counts always, so that numbers do not depend on who listens. */
  tell(index: number, happening: Happening): void {
    const seq = this.seq++
    if (this.listener === undefined) return
    this.hand({ seq, node: this.tree.ids[index]!, visit: this.visitOf(index), ...happening })
  }

  /** What a subscriber throws is not the session's fault. */
  hand(event: TraceEvent): void {
    try {
      this.listener!(event)
    } catch (error) {
      this.abandon(error)
      throw new Over()
    }
  }

  signalOf(index: number): AbortSignal {
    const controller = (this.notes.at(index).controller ??= new AbortController())
    if (this.context.signal.aborted) controller.abort(this.context.signal.reason)
    return controller.signal
  }

  park(index: number, wait: Wait): void {
    this.waits.push({ index, visit: this.visitOf(index), wait })
    if (this.listener === undefined) this.seq++
    else this.tell(index, { kind: 'wait', wait })
  }

  isParked(index: number): boolean {
    const { waits } = this
    // It parked last, as a rule.
    for (let at = waits.length - 1; at >= 0; at--) if (waits[at]!.index === index) return true
    return false
  }

  unpark(index: number): void {
    const { waits } = this
    // One wait is the usual case, and every step of a machine comes through here.
    if (waits.length === 1) {
      if (waits[0]!.index === index) waits.pop()
    } else this.waits = waits.filter((parked) => parked.index !== index)
  }

  transition(index: number, from: string | null, to: string, exit: string, by: string | undefined): void {
    const { limits } = this.context
    if (limits?.transitions !== undefined && ++this.transitions > limits.transitions) {
      throw new EngineFault(
        'budget_exceeded',
        `the turn moved from stage to stage more than ${limits.transitions} times`,
      )
    }
    const seq = this.seq++
    if (this.listener === undefined) return
    const place = { seq, node: this.tree.ids[index]!, visit: this.visitOf(index), kind: 'transition' as const }
    this.hand(by === undefined ? { ...place, from, to, exit } : { ...place, from, to, exit, by })
  }

  #abortAll(reason: unknown): void {
    for (const { controller } of this.notes.values()) controller?.abort(reason)
  }
}

/** Whatever it is: this must not throw. */
function reasonOf(error: unknown): string {
  try {
    return error instanceof Error ? error.message : String(error)
  } catch {
    return 'it threw what cannot be told'
  }
}

function faultCode(error: unknown): string {
  if (error instanceof EngineFault) return error.code
  const code = (error as { code?: unknown } | null | undefined)?.code
  return code === 'journal_mismatch' ? code : 'node_threw'
}
