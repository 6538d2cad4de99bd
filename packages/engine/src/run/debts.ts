import { EngineFault } from '../tree/faults.ts'
import type { Step } from '../tree/status.ts'
import type { Cell } from './snapshot.ts'
import type { Owed, State } from './state.ts'

/** What is owed, one after the other, and what goes on afterwards: what a node had answered. */
interface Debt {
  left: Owed[]
  /** What is being run was given these. */
  cells?: Record<string, Cell> | undefined
  node: number
  visit: number
  step: Step
}

/** Cleaning up and undoing: what a halt or a failure leaves to be done. */
export class Debts {
  readonly #session: State
  #due: Owed[] = []
  /** By the root that is being run. */
  readonly #open = new Map<number, Debt>()

  constructor(session: State) {
    this.#session = session
  }

  get isDue(): boolean {
    return this.#due.length > 0
  }
  get isOpen(): boolean {
    return this.#open.size > 0
  }

  add(owed: Owed): void {
    this.#due.push(owed)
  }

  /** What was done below a node and can be undone, the last first; returns whether there was any. */
  addUndos(node: number): boolean {
    const { undos } = this.#session
    const below = undos.filter(({ root }) => this.#isBelow(root, node))
    if (below.length === 0) return false
    this.#session.undos = undos.filter((undo) => !below.includes(undo))
    for (const { root, cells } of below.toReversed()) this.#due.push({ root, for: node, because: 'undo', cells })
    return true
  }

  /** Puts a node's answer off until what is due is done. */
  pay(node: number, step: Step): [number, Step] {
    const left = this.#due
    this.#due = []
    return this.#next({ left, node, visit: this.#session.visitOf[node]!, step })
  }

  /** What to go on with when a root settled; undefined when it was none. */
  settled(index: number): [number, Step] | 'dropped' | undefined {
    const debt = this.#open.get(index)
    if (debt === undefined) return undefined
    this.#open.delete(index)
    const { tree, failures, results, board } = this.#session
    if (tree.scopes.kinds.get(index) === 'overlay') board.merge(index, debt.cells)
    const above = tree.parent[index]!
    if (this.#session.statuses[above]! < 3) {
      failures.delete(above)
      results.delete(above)
    }
    if (debt.left.length > 0) return this.#next(debt)
    const { node, visit, step } = debt
    return this.#session.isLive(node, visit) ? [node, step] : 'dropped'
  }

  /** Something cleaned up may not wait: nobody would be there to answer. */
  assertNoneOpen(): void {
    const [root] = this.#open.keys()
    if (root === undefined) return
    this.#session.stop(root, new EngineFault('cleanup_parked', 'what cleans up or undoes must not wait'))
  }

  #next(debt: Debt): [number, Step] {
    const owed = debt.left.shift()!
    const { tree, board } = this.#session
    const { root, because, cells } = owed
    this.#session.tell(owed.for, { kind: 'owed', run: tree.ids[root]!, because })
    debt.cells = cells
    this.#open.set(root, debt)
    if (cells !== undefined && tree.scopes.kinds.has(root)) board.seed(root, cells)
    return [root, this.#session.enter(root)]
  }

  #isBelow(index: number, node: number): boolean {
    for (let above = index; above >= 0; above = this.#session.tree.parent[above]!) if (above === node) return true
    return false
  }
}
