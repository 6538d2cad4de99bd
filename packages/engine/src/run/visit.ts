import type { NodeCtx, Test } from '../tree/definition.ts'
import { Halted } from '../tree/faults.ts'
import type { Json } from '../tree/json.ts'
import { Failure, Running } from '../tree/status.ts'
import type { Cell, Source, Wait } from './snapshot.ts'
import type { Shelf } from './shelf.ts'
import type { State } from './state.ts'
import type { FailureNote } from './snapshot.ts'

/** What leaves and parents may touch alike. After a halt it refuses everything that would have an effect. */
export abstract class Visit implements NodeCtx {
  protected readonly session: State
  index: number
  visit: number

  constructor(session: State, index: number) {
    this.session = session
    this.index = index
    this.visit = session.visitOf[index]!
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
    return this.live().chance.random()
  }
  newId(): string {
    return this.live().chance.newId()
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

  test(condition: Test): boolean | undefined {
    return condition.evaluate(this.session.envOf(this.index))
  }
  explain(condition: Test): Json {
    return condition.explain(this.session.envOf(this.index))
  }
  decide(about: string, chosen: string | null, why: Json | (() => Json)): void {
    const session = this.live()
    const told = typeof why !== 'function' ? why : session.context.subscribe === undefined ? null : why()
    session.tell(this.index, { kind: 'decision', about, chosen, why: told })
  }
  log(level: 'debug' | 'info' | 'warn', message: string, data?: () => Json): void {
    const session = this.live()
    const more = data === undefined || session.context.subscribe === undefined ? {} : { data: data() }
    session.tell(this.index, { kind: 'log', level, message, ...more })
  }

  get mem(): number {
    return this.session.mems[this.index]!
  }
  set mem(value: number) {
    this.live().mems[this.index] = value
  }
  get memory(): Json | undefined {
    return this.session.memories.get(this.index)
  }
  set memory(value: Json | undefined) {
    const { memories } = this.live()
    if (value === undefined) memories.delete(this.index)
    else memories.set(this.index, value)
  }
  get kept(): Json | undefined {
    return this.session.kept.get(this.index)
  }
  set kept(value: Json | undefined) {
    const { kept } = this.live()
    if (value === undefined) kept.delete(this.index)
    else kept.set(this.index, value)
  }

  wait(wait: Wait): typeof Running {
    this.live().park(this.index, wait)
    return Running
  }

  fail(code: string, reason = '', options?: { retryable?: boolean }): typeof Failure {
    this.live().failures.set(this.index, options === undefined ? { code, reason } : { code, reason, ...options })
    return Failure
  }
  failure(): FailureNote | undefined {
    const { failures, tree } = this.session
    for (let above = this.index; above >= 0; above = tree.parent[above]!) {
      const note = failures.get(above)
      if (note !== undefined || !tree.ops[this.index]!.isLeaf) return note
    }
    return undefined
  }
  result(value: Json): void {
    const session = this.live()
    if (session.tree.keepsResults) session.results.set(this.index, value)
  }
  get last(): Json | undefined {
    const { results, tree } = this.session
    for (let above = tree.parent[this.index]!; above >= 0; above = tree.parent[above]!) {
      if (results.has(above)) return results.get(above)
    }
    return undefined
  }

  protected live(): State {
    if (!this.session.isLive(this.index, this.visit)) throw new Halted(`${this.id} was halted`)
    return this.session
  }

  get #scope(): number {
    return this.session.tree.near.scope[this.index]!
  }

  #scopeTold(): { scope?: string } {
    const scope = this.#scope
    return scope < 0 ? {} : { scope: this.session.tree.ids[scope]! }
  }
}
