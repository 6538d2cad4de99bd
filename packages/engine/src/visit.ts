import type { Ctx, Test } from './definition.ts'
import type { HaltReason } from './events.ts'
import { EngineFault, Halted } from './faults.ts'
import { effectKey } from './hash.ts'
import type { EffectOutcome, EffectRequest } from './journal.ts'
import { named, passageOf, type Entered } from './passage.ts'
import type { SessionState } from './session-state.ts'
import type { Cell, EngineEvent, Source, Wait } from './snapshot.ts'
import type { Json } from './spec.ts'
import { Failure, Running, type Status } from './status.ts'
import type { FailureNote } from './turn.ts'

/** The `Ctx` of one visit. After a halt it refuses everything that would have an effect. */
export class Visit implements Ctx {
  readonly index: number
  readonly visit: number
  readonly #session: SessionState
  #event: EngineEvent | undefined

  constructor(session: SessionState, index: number, event?: EngineEvent) {
    this.#session = session
    this.index = index
    this.visit = session.visitOf[index]!
    this.#event = event
  }

  get id(): string {
    return this.#session.tree.ids[this.index]!
  }
  get services(): unknown {
    return this.#session.context.services
  }
  get signal(): AbortSignal {
    return this.#live().signalOf(this.index)
  }
  now(): number {
    return this.#session.context.now
  }
  random(): number {
    return this.#live().chance.random()
  }
  newId(): string {
    return this.#live().chance.newId()
  }

  read(path: string): Json | undefined {
    return this.#session.board.read(path)
  }
  cell(key: string): Cell | undefined {
    return this.#session.board.cell(key)
  }
  cells(): Readonly<Record<string, Cell>> {
    return this.#session.board.cells()
  }
  set(key: string, value: Json, by: Source): void {
    const session = this.#live()
    session.board.set(key, value, by)
    session.tell(this.index, { kind: 'write', key, value, by })
  }
  unset(key: string): void {
    const session = this.#live()
    if (session.board.unset(key)) session.tell(this.index, { kind: 'unset', key })
  }
  unconfirm(keys: readonly string[]): void {
    const session = this.#live()
    const changed = keys.filter((key) => session.board.unconfirm(key))
    if (changed.length > 0) session.tell(this.index, { kind: 'unconfirm', keys: changed })
  }

  test(condition: Test): boolean | undefined {
    return condition.evaluate(this.#session.env)
  }
  explain(condition: Test): Json {
    return condition.explain(this.#session.env)
  }
  decide(about: string, chosen: string | null, why: Json | (() => Json)): void {
    const session = this.#live()
    const told = typeof why !== 'function' ? why : session.listener === undefined ? null : why()
    session.tell(this.index, { kind: 'decision', about, chosen, why: told })
  }

  get mem(): number {
    return this.#session.mems[this.index]!
  }
  set mem(value: number) {
    this.#live().mems[this.index] = value
  }
  get memory(): Json | undefined {
    return this.#session.memories.get(this.index)
  }
  set memory(value: Json | undefined) {
    const { memories } = this.#live()
    if (value === undefined) memories.delete(this.index)
    else memories.set(this.index, value)
  }

  event(): EngineEvent | undefined {
    const event = this.#event
    this.#event = undefined
    return event
  }
  wait(wait: Wait): typeof Running {
    const session = this.#live()
    session.waits.push({ index: this.index, visit: this.visit, wait })
    session.tell(this.index, { kind: 'wait', wait })
    return Running
  }

  async effect(
    name: string,
    args: Json,
    options: Parameters<Ctx['effect']>[2],
    perform: Parameters<Ctx['effect']>[3],
  ): Promise<EffectOutcome> {
    const session = this.#live()
    const key = effectKey(session.context.sessionId, this.id, this.visit, name)
    const request: EffectRequest = { key, node: this.id, visit: this.visit, name, args, ...options }
    const halted = this.signal
    let thrown: { error: unknown } | undefined
    const noted: typeof perform = async (givenKey, signal) => {
      try {
        return await perform(givenKey, AbortSignal.any([signal, halted]))
      } catch (error) {
        thrown = { error }
        throw error
      }
    }
    let outcome: EffectOutcome
    try {
      outcome = await session.track(session.context.journal.effect(request, noted))
    } catch (error) {
      // What the node's own code threw is the session's fault; what the journal threw is not, and the turn runs again.
      if (thrown?.error === error || isMismatch(error)) throw error
      throw session.abandon(error)
    }
    this.#live().tell(this.index, {
      kind: 'effect',
      name,
      key,
      policy: options.policy,
      args,
      outcome: outcome as unknown as Json,
    })
    return outcome
  }

  exit(name: string, by?: string): void {
    const session = this.#live()
    const stages = session.tree.stages[this.index]!
    if (stages < 0) throw new EngineFault('no_stage', `it named the exit "${name}" but stands in no stage`)
    const passage = passageOf(session.memories.get(stages))
    session.memories.set(stages, { ...passage, named: named(name, by) })
  }
  transition(from: string | null, to: string, exit: string, by?: string): void {
    this.#live().tell(this.index, { kind: 'transition', from, to, ...named(exit, by) })
  }
  entered(): Entered | undefined {
    const stages = this.#session.tree.stages[this.index]!
    return stages < 0 ? undefined : passageOf(this.#session.memories.get(stages)).entered
  }

  fail(code: string, reason = ''): typeof Failure {
    this.#live().failures.set(this.index, { code, reason })
    return Failure
  }
  failure(): FailureNote | undefined {
    return this.#session.failures.get(this.index)
  }
  result(value: Json): void {
    this.#live().results.set(this.index, value)
  }
  get last(): Json | undefined {
    const { results, tree } = this.#session
    for (let above = tree.parent[this.index]!; above >= 0; above = tree.parent[above]!) {
      if (results.has(above)) return results.get(above)
    }
    return undefined
  }

  get childCount(): number {
    const { first, end } = this.#session.tree
    return end[this.index]! - first[this.index]!
  }
  child(index: number): Status | Promise<Status> {
    return this.#live().run(this.#childAt(index))
  }
  haltChild(index: number, reason: HaltReason): void {
    const session = this.#live()
    session.halt(this.#childAt(index), reason)
  }

  #childAt(index: number): number {
    if (index >= 0 && index < this.childCount) return this.#session.tree.first[this.index]! + index
    throw new EngineFault('no_child', `it asked for child ${index} of ${this.childCount}`)
  }

  #live(): SessionState {
    if (!this.#session.isLive(this.index, this.visit)) throw new Halted(`${this.id} was halted`)
    return this.#session
  }
}

function isMismatch(error: unknown): boolean {
  return (error as { code?: unknown } | null | undefined)?.code === 'journal_mismatch'
}
