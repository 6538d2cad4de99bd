import type { EffectOptions, ParentCtx, Perform } from '../tree/definition.ts'
import { EngineFault } from '../tree/faults.ts'
import type { Json } from '../tree/json.ts'
import { Running, type Next } from '../tree/status.ts'
import type { HaltReason } from './events.ts'
import type { Cell } from './snapshot.ts'
import type { Note } from './notes.ts'
import type { State } from './state.ts'
import { Visit } from './visit.ts'

/** The `Ctx` of a composite or decorator. Those answer at once, so one of these serves all of a session in turn. */
export class ParentVisit extends Visit implements ParentCtx {
  /** Looked up once for each call of a node. */
  #note: Note | undefined

  constructor(session: State, index: number) {
    super(session, index, undefined)
  }

  at(index: number): this {
    this.index = index
    this.#note = undefined
    this.visit = this.session.visitOf(index)
    return this
  }

  override get mem(): number {
    return (this.#note ??= this.session.notes.get(this.index))?.mem ?? 0
  }
  override set mem(value: number) {
    ;(this.#note ??= this.session.notes.at(this.index)).mem = value
  }
  override get memory(): Json | undefined {
    return (this.#note ??= this.session.notes.get(this.index))?.memory
  }
  override set memory(value: Json | undefined) {
    ;(this.#note ??= this.session.notes.at(this.index)).memory = value
  }

  get childCount(): number {
    const { first, end } = this.session.tree
    return end[this.index]! - first[this.index]!
  }
  run(child: number): Next {
    // What is no index would be another one by the time it is a step.
    if (child >> 0 !== child || child < 0) throw new EngineFault('no_child', `it asked for child ${child}`)
    const { session } = this
    const { tree } = session
    const index = tree.first[this.index]! + child
    // A visit that is under way is not begun again: nobody would hear how the first one ends.
    if (session.isRunning(index)) throw new EngineFault('child_running', `it enters ${tree.ids[index]} again`)
    return ~child as Next
  }
  isRunning(child: number): boolean {
    return this.session.isRunning(this.#childAt(child))
  }
  halt(child: number, reason: HaltReason): void {
    this.session.halt(this.#childAt(child), reason)
  }
  unpark(): void {
    const { session, index } = this
    if (!session.waits.some((parked) => parked.index === index)) return
    session.unpark(index)
    session.tell(index, { kind: 'unwait' })
  }
  ask(name: string, args: Json, options: EffectOptions, perform: Perform): typeof Running {
    this.session.askFor(this.index, { name, args, options, perform })
    return Running
  }

  takeResult(): Json | undefined {
    const note = this.session.notes.get(this.index)
    const result = note?.result
    if (note !== undefined) note.result = undefined
    return result
  }
  countEntry(child: number): number {
    return this.session.entries.count(this.session.tree.first[this.index]! + child)
  }
  transition(from: string | null, to: string, exit: string, by?: string): void {
    this.session.transition(this.index, from, to, exit, by)
  }
  isSignalled(name: string): boolean {
    return this.session.signals?.has(name) ?? false
  }

  seed(child: number, cells: Record<string, Cell>): void {
    const scope = this.#childAt(child)
    this.session.board.seed(scope, cells)
    this.session.tell(this.index, { kind: 'seed', scope: this.session.tree.ids[scope]!, cells })
  }
  inner(child: number): Readonly<Record<string, Cell>> {
    return this.session.board.cells(this.#childAt(child))
  }
  merge(which: readonly number[] | 'all'): void {
    const { board, tree } = this.session
    if (board.isFlat) return
    const children = which === 'all' ? Array.from({ length: this.childCount }, (_, child) => child) : which
    const merged = children.map((child) => this.#childAt(child)).filter((scope) => board.merge(scope))
    let isDropped = false
    for (let child = tree.first[this.index]!; child < tree.end[this.index]!; child++) {
      if (this.session.dropScope(child)) isDropped = true
    }
    if (merged.length > 0 || isDropped) {
      this.session.tell(this.index, { kind: 'merge', scopes: merged.map((scope) => tree.ids[scope]!) })
    }
  }
  owe(child: number): void {
    const { session, index } = this
    session.owed = [...session.owed, { root: this.#childAt(child), for: index, because: 'finally' }]
  }
  registerUndo(undo: number, cells: Record<string, Cell>): void {
    this.session.undos = [...this.session.undos, { root: this.#childAt(undo), visit: this.visit, cells }]
  }

  #childAt(child: number): number {
    if (child >= 0 && child < this.childCount) return this.session.tree.first[this.index]! + child
    throw new EngineFault('no_child', `it asked for child ${child} of ${this.childCount}`)
  }
}
