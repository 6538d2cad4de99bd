import { EngineFault } from '../tree/faults.ts'
import { Running, type Step } from '../tree/status.ts'
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
  readonly #state: State
  /** By the root that is being run. */
  readonly #open = new Map<number, Debt>()

  constructor(session: State) {
    this.#state = session
  }

  /** What was done below a node and can be undone, the last first; returns whether there was any. */
  addUndos(node: number): boolean {
    const { undos } = this.#state
    const below = undos.filter(({ root }) => this.#isBelow(root, node))
    if (below.length === 0) return false
    this.#state.undos = undos.filter((undo) => !below.includes(undo))
    const due = below.toReversed().map(({ root, cells }): Owed => ({ root, for: node, because: 'undo', cells }))
    this.#state.owed = [...this.#state.owed, ...due]
    return true
  }

  /** Puts a node's answer off until what is due is done. */
  pay(node: number, step: Step): [number, Step] {
    const left = [...this.#state.owed]
    this.#state.owed = []
    return this.#next({ left, node, visit: this.#state.visitOf[node]!, step })
  }

  /** What to go on with when a root settled; undefined when it was none. */
  settled(index: number): [number, Step] | 'dropped' | undefined {
    const debt = this.#open.get(index)
    if (debt === undefined) return undefined
    this.#open.delete(index)
    this.#state.paying--
    const { tree, notes, board } = this.#state
    if (tree.scopes.kinds.get(index) === 'overlay' && board.merge(index, debt.cells)) {
      this.#state.tell(tree.parent[index]!, { kind: 'mergeUndone', scope: tree.ids[index]! })
    }
    // Nobody above is there to hear how it went.
    const above = tree.parent[index]!
    if (this.#state.statuses[above]! < Running) notes.delete(above)
    if (debt.left.length > 0) return this.#next(debt)
    const { node, visit, step } = debt
    return this.#state.isLive(node, visit) ? [node, step] : 'dropped'
  }

  /** Whether a node has answered and waits for what is due: it is not to be asked anything meanwhile. */
  isPutOff(node: number): boolean {
    const visit = this.#state.visitOf[node]
    for (const debt of this.#open.values()) if (debt.node === node && debt.visit === visit) return true
    return false
  }

  /** Something cleaned up may not wait: nobody would be there to answer. */
  assertNoneOpen(): void {
    const [root] = this.#open.keys()
    if (root === undefined) return
    this.#state.stop(root, new EngineFault('cleanup_parked', 'what cleans up or undoes must not wait'))
  }

  #next(debt: Debt): [number, Step] {
    const owed = debt.left.shift()!
    const { tree, board } = this.#state
    const { root, because, cells } = owed
    this.#state.tell(owed.for, { kind: 'owed', run: tree.ids[root]!, because })
    debt.cells = cells
    this.#open.set(root, debt)
    this.#state.paying++
    if (cells !== undefined && tree.scopes.kinds.has(root)) {
      board.seed(root, cells)
      this.#state.tell(owed.for, { kind: 'seed', scope: tree.ids[root]!, cells })
    }
    return [root, this.#state.enter(root)]
  }

  #isBelow(index: number, node: number): boolean {
    for (let above = index; above >= 0; above = this.#state.tree.parent[above]!) if (above === node) return true
    return false
  }
}
