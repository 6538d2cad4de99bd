import type { Ctx, EffectOptions, Given, Perform, Test, TestEnv } from '../tree/definition.ts'
import { EngineFault, Halted } from '../tree/faults.ts'
import type { Json } from '../tree/json.ts'
import { Failure, Running } from '../tree/status.ts'
import { dig } from './blackboard.ts'
import { performEffect } from './effect.ts'
import type { EffectOutcome } from './journal.ts'
import { named, passageOf, type Entered } from './passage.ts'
import type { Shelf } from './shelf.ts'
import type { Cell, EngineEvent, FailureNote, Source, Wait } from './snapshot.ts'
import type { State } from './state.ts'
import { checkWait } from './waits.ts'

/**
 * The `Ctx` of one visit of a leaf, which may hold on to it until it settles. After a halt it refuses everything that
 * would have an effect.
 */
export class Visit implements Ctx {
  protected readonly session: State
  index: number
  visit: number
  #event: EngineEvent | undefined

  constructor(session: State, index: number, event: EngineEvent | undefined) {
    this.session = session
    this.index = index
    this.visit = session.visitOf(index)
    this.#event = event
  }

  get id(): string {
    return this.session.tree.ids[this.index]!
  }
  get services(): unknown {
    return this.session.context.services
  }
  get signal(): AbortSignal {
    return this.live().signalOf(this.index)
  }
  get shelf(): Shelf | undefined {
    return this.session.context.shelf
  }
  now(): number {
    return this.session.context.now
  }
  random(): number {
    return this.live().chanceOf(this.index).random()
  }
  newId(): string {
    return this.live().chanceOf(this.index).newId()
  }

  read(path: string): Json | undefined {
    return this.session.board.read(this.#scope, path)
  }
  cell(key: string): Cell | undefined {
    return this.session.board.cell(this.#scope, key)
  }
  cells(): Readonly<Record<string, Cell>> {
    return this.session.board.cells(this.#scope)
  }
  set(key: string, value: Json, by: Source): void {
    const session = this.live()
    session.board.set(this.#scope, key, value, by)
    session.tell(this.index, { kind: 'write', key, value, by, ...this.#scopeTold() })
  }
  unset(key: string): void {
    const session = this.live()
    if (session.board.unset(this.#scope, key)) session.tell(this.index, { kind: 'unset', key, ...this.#scopeTold() })
  }
  unconfirm(keys: readonly string[]): void {
    const session = this.live()
    const changed = keys.filter((key) => session.board.unconfirm(this.#scope, key))
    if (changed.length > 0) session.tell(this.index, { kind: 'unconfirm', keys: changed, ...this.#scopeTold() })
  }

  test(condition: Test, given?: Given): boolean | undefined {
    return condition.evaluate(this.#env(given))
  }
  explain(condition: Test, given?: Given): Json {
    return condition.explain(this.#env(given))
  }
  decide(about: string, chosen: string | null, why: Json | (() => Json)): void {
    const session = this.live()
    const told = typeof why !== 'function' ? why : session.listener === undefined ? null : why()
    session.tell(this.index, { kind: 'decision', about, chosen, why: told })
  }
  log(level: 'debug' | 'info' | 'warn', message: string, data?: () => Json): void {
    const session = this.live()
    const more = data === undefined || session.listener === undefined ? {} : { data: data() }
    session.tell(this.index, { kind: 'log', level, message, ...more })
  }

  get mem(): number {
    return this.session.notes.get(this.index)?.mem ?? 0
  }
  set mem(value: number) {
    this.live().notes.at(this.index).mem = value
  }
  get memory(): Json | undefined {
    return this.session.notes.get(this.index)?.memory
  }
  set memory(value: Json | undefined) {
    this.live().notes.at(this.index).memory = value
  }
  get kept(): Json | undefined {
    return this.session.kept?.get(this.index)
  }
  set kept(value: Json | undefined) {
    const session = this.live()
    if (value === undefined) session.kept?.delete(this.index)
    else (session.kept ??= new Map()).set(this.index, value)
  }

  wait(wait: Wait): typeof Running {
    checkWait(wait)
    this.live().park(this.index, wait)
    return Running
  }

  fail(code: string, reason = '', options?: { retryable?: boolean }): typeof Failure {
    this.live().notes.at(this.index).failure = options === undefined ? { code, reason } : { code, reason, ...options }
    return Failure
  }
  failure(): FailureNote | undefined {
    const { notes, tree } = this.session
    if (!tree.ops[this.index]!.isLeaf) return notes.get(this.index)?.failure
    for (let above = this.index; above >= 0; above = tree.parent[above]!) {
      const failure = notes.get(above)?.failure
      if (failure !== undefined) return failure
    }
    return undefined
  }
  result(value: Json): void {
    const session = this.live()
    if (session.tree.keepsResults) session.notes.at(this.index).result = value
  }
  get last(): Json | undefined {
    const { notes, tree } = this.session
    for (let above = tree.parent[this.index]!; above >= 0; above = tree.parent[above]!) {
      const result = notes.get(above)?.result
      if (result !== undefined) return result
    }
    return undefined
  }

  event(): EngineEvent | undefined {
    const event = this.#event
    this.#event = undefined
    return event
  }

  effect(...asked: Parameters<Ctx['effect']>): Promise<EffectOutcome> {
    const outcome = this.#perform(...asked)
    // A leaf that was halted may not be there to hear it any more; that must not bring the process down.
    outcome.catch(() => {})
    return outcome
  }
  async #perform(name: string, args: Json, options: EffectOptions, perform: Perform): Promise<EffectOutcome> {
    const outcome = await performEffect(this.live(), this.index, { name, args, options, perform })
    this.live()
    return outcome
  }

  exit(name: string, by?: string): void {
    const session = this.live()
    const stages = session.tree.near.stages[this.index]!
    if (stages < 0) throw new EngineFault('no_stage', `it named the exit "${name}" but stands in no stage`)
    const note = session.notes.at(stages)
    note.memory = { ...passageOf(note.memory), named: named(name, by) }
  }
  entered(): Entered | undefined {
    const stages = this.session.tree.near.stages[this.index]!
    return stages < 0 ? undefined : passageOf(this.session.notes.get(stages)?.memory).entered
  }

  protected live(): State {
    if (!this.session.isLive(this.index, this.visit)) throw new Halted(`${this.id} was halted`)
    return this.session
  }

  get #scope(): number {
    return this.session.tree.near.scope[this.index]!
  }

  #env(given: Given | undefined): TestEnv {
    const env = this.session.envOf(this.index)
    if (given === undefined) return env
    const read = (path: string): unknown => {
      const [name] = path.split('.', 1)
      return Object.hasOwn(given, name!) ? dig(given[name!]!, path.slice(name!.length + 1)) : env.read(path)
    }
    return { ...env, read }
  }

  #scopeTold(): { scope?: string } {
    const scope = this.#scope
    return scope < 0 ? {} : { scope: this.session.tree.ids[scope]! }
  }
}
