import { Blackboard } from './blackboard.ts'
import { Chance } from './chance.ts'
import type { TestEnv } from './definition.ts'
import type { Happening, HaltReason, Subscriber, TraceEvent } from './events.ts'
import { EngineFault, Halted, Over } from './faults.ts'
import type { Cell, Wait } from './snapshot.ts'
import type { Json } from './spec.ts'
import { Running, type Status } from './status.ts'
import type { Tree } from './tree.ts'
import type { FailureNote, SessionFault, TurnContext } from './turn.ts'

export interface Parked {
  index: number
  visit: number
  wait: Wait
}

/** One session during one turn: a few arrays indexed like the tree's tables, and how it may end. */
export abstract class SessionState {
  readonly tree: Tree
  readonly context: TurnContext
  readonly board: Blackboard
  readonly chance: Chance
  readonly env: TestEnv
  readonly listener: Subscriber | undefined

  /** 0 idle, else a Status; Running from entry until the node settles. */
  readonly statuses: Uint8Array
  readonly visitOf: Int32Array
  readonly mems: Int32Array
  readonly memories = new Map<number, Json>()
  /** Own failure, or the last one below; likewise results. */
  readonly failures = new Map<number, FailureNote>()
  readonly results = new Map<number, Json>()
  waits: Parked[] = []
  seq: number
  visits: number

  fault: SessionFault | undefined
  /** An error that is not the session's: the turn is given up and run again. */
  abandoned: { error: unknown } | undefined

  protected readonly controllers = new Map<number, AbortController>()
  readonly #pending = new Set<Promise<unknown>>()
  #onOver: (() => void) | undefined

  constructor(tree: Tree, context: TurnContext, from: { cells: Record<string, Cell>; seq: number; visits: number }) {
    this.tree = tree
    this.context = context
    this.board = new Blackboard(from.cells, tree.aliases)
    this.chance = new Chance(JSON.stringify([context.sessionId, context.seed, from.seq]))
    this.env = { read: (path) => this.board.read(path), now: context.now }
    this.listener = context.subscribe
    this.statuses = new Uint8Array(tree.size)
    this.visitOf = new Int32Array(tree.size)
    this.mems = new Int32Array(tree.size)
    this.seq = from.seq
    this.visits = from.visits
  }

  /** Enters a node, or goes on in it. */
  abstract run(index: number): Status | Promise<Status>
  abstract halt(index: number, reason: HaltReason): void

  isLive(index: number, visit: number): boolean {
    return this.statuses[index] === Running && this.visitOf[index] === visit && !this.isOver()
  }

  isOver(): boolean {
    return this.fault !== undefined || this.abandoned !== undefined
  }

  /** Rejects as soon as the session is over. */
  over(): Promise<never> {
    return new Promise((_, reject) => {
      this.#onOver = () => reject(new Over())
      if (this.isOver()) this.#onOver()
    })
  }

  /** Ends the session for what a node threw, or the turn if it was aborted. Returns what to throw. */
  stop(index: number, error: unknown): Over {
    if (error instanceof Over) return error
    if (this.context.signal.aborted) return this.abandon(this.context.signal.reason)
    if (this.isOver()) return new Over()
    const code = faultCode(error)
    const reason = error instanceof Error ? error.message : String(error)
    this.tell(index, { kind: 'fault', code, reason })
    this.fault = { code, reason, node: this.tree.ids[index]!, cause: error }
    this.#onOver?.()
    return new Over()
  }

  abandon(error: unknown): Over {
    this.abandoned ??= { error }
    this.#onOver?.()
    return new Over()
  }

  /** Counts always, so that numbers do not depend on who listens. */
  tell(index: number, happening: Happening): void {
    const seq = this.seq++
    if (this.listener === undefined) return
    this.hand({ seq, node: this.tree.ids[index]!, visit: this.visitOf[index]!, ...happening })
  }

  /** What a subscriber throws is not the session's fault. */
  protected hand(event: TraceEvent): void {
    try {
      this.listener!(event)
    } catch (error) {
      throw this.abandon(error)
    }
  }

  /** The turn does not rest before what left the process has come back, halted or not. */
  async track<T>(promise: Promise<T>): Promise<T> {
    this.#pending.add(promise)
    try {
      return await promise
    } finally {
      this.#pending.delete(promise)
    }
  }

  async drain(): Promise<void> {
    if (this.isOver()) for (const controller of this.controllers.values()) controller.abort(new Halted('over'))
    while (this.#pending.size > 0) await Promise.allSettled(this.#pending)
  }

  signalOf(index: number): AbortSignal {
    let controller = this.controllers.get(index)
    if (controller === undefined) this.controllers.set(index, (controller = new AbortController()))
    return AbortSignal.any([this.context.signal, controller.signal])
  }
}

function faultCode(error: unknown): string {
  if (error instanceof EngineFault) return error.code
  const code = (error as { code?: unknown } | null | undefined)?.code
  return code === 'journal_mismatch' ? code : 'node_threw'
}
