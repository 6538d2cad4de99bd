import { EngineFault, Over } from '../tree/faults.ts'
import { Running, type Step } from '../tree/status.ts'
import { countAgain } from './attempts.ts'
import { ROOT } from './blackboard.ts'
import type { Debt, Owed, State } from './state.ts'

/** What to go on with: a node and its answer. */
type Next = [node: number, step: Step]

/** Cleaning up and undoing: what a halt or a failure leaves to be done. */
export class Debts {
  readonly #state: State
  readonly #debts = new Set<Debt>()
  /** By the root that is being run. */
  readonly #open = new Map<number, Debt>()
  /** Scopes of what was halted, with which something below is still to be cleaned up. */
  readonly #kept = new Set<number>()

  constructor(session: State) {
    this.#state = session
  }

  /** What this visit of a node has done below it and can be undone, the last first; returns whether there was any. */
  addUndos(node: number): boolean {
    const { undos, owed } = this.#state
    const since = this.#state.visitOf(node)
    const below = undos.filter(({ root, visit }) => visit >= since && this.#isBelow(root, node))
    if (below.length === 0) return false
    this.#state.undos = undos.filter((undo) => !below.includes(undo))
    const due = below.toReversed().map((undoing): Owed => {
      return { root: undoing.root, for: node, because: 'undo', undoing }
    })
    this.#state.owed = [...owed, ...due]
    return true
  }

  /** A node is halted: what was put off until its debts are paid is not, but whoever halted it has to wait for them. */
  inherit(node: number): void {
    for (const debt of this.#debts) {
      if (this.#isOf(debt, node)) this.#state.owed = [...this.#state.owed, debt]
    }
  }

  /** Puts a node's answer off until what is due is done. */
  pay(node: number, step: Step): Next {
    const due = this.#state.owed
    this.#state.owed = []
    const inherited = due.filter((one): one is Debt => 'left' in one)
    const left = due.filter((one): one is Owed => !('left' in one))
    const debt: Debt = { left, node, visit: this.#state.visitOf(node), step, awaited: inherited.length }
    for (const other of inherited) other.heir = debt
    this.#debts.add(debt)
    return debt.awaited > 0 ? [node, Running] : this.#begin(debt, debt.left.shift()!)
  }

  /** What to go on with when a root settled; undefined when it was none. */
  settled(index: number): Next | 'dropped' | undefined {
    const debt = this.#open.get(index)
    if (debt === undefined) return undefined
    const owed = debt.running!
    debt.running = undefined
    this.#open.delete(index)
    this.#state.paying--
    const { tree, notes, undos } = this.#state
    const since = this.#state.visitOf(index)
    const above = tree.parent[index]!
    if (owed.undoing !== undefined) {
      this.#mergeUndone(owed)
      countAgain(this.#state, above)
    }
    // It is done with for good: what it did is not undone.
    this.#state.undos = undos.filter(({ root, visit }) => visit < since || !this.#isBelow(root, index))
    // Nobody above is there to hear how it went.
    if (!this.#state.isRunning(above)) notes.delete(above)
    this.#dropKept(owed)
    return this.#goOn(debt)
  }

  /** Not to be asked for more children: it does not run, or it has answered and waits for what is due. */
  isPutOff(node: number): boolean {
    if (!this.#state.isRunning(node)) return true
    for (const debt of this.#debts) if (this.#isOf(debt, node)) return true
    return false
  }

  /** What is to be cleaned up must see what was there; the rest is gone at once. */
  dropScope(scope: number): boolean {
    if (!this.#isNeeded(scope)) return this.#state.board.drop(scope)
    this.#kept.add(scope)
    return false
  }

  /** Nothing cleaned up may wait: nobody would be there to answer. What a fault left undone stays to be undone. */
  conclude(): void {
    const [root] = this.#open.keys()
    if (root !== undefined) {
      this.#state.stop(root, new EngineFault('cleanup_parked', 'what cleans up or undoes must not wait'))
    }
    const undone = [...this.#due()].flatMap(({ undoing }) => undoing ?? [])
    this.#state.undos = [...this.#state.undos, ...undone.toReversed()]
  }

  #goOn(debt: Debt): Next | 'dropped' {
    const owed = debt.left.shift()
    if (owed !== undefined) return this.#begin(debt, owed)
    this.#debts.delete(debt)
    const { heir, node, visit, step } = debt
    if (heir === undefined) return this.#state.isLive(node, visit) ? [node, step] : 'dropped'
    heir.awaited--
    return heir.awaited > 0 ? 'dropped' : this.#goOn(heir)
  }

  #begin(debt: Debt, owed: Owed): Next {
    const { tree, board } = this.#state
    const { root, because, undoing } = owed
    this.#state.tell(owed.for, { kind: 'owed', run: tree.ids[root]!, because })
    debt.running = owed
    this.#open.set(root, debt)
    this.#state.paying++
    if (undoing !== undefined && tree.scopes.kinds.has(root)) {
      board.seed(root, undoing.cells)
      this.#state.tell(owed.for, { kind: 'seed', scope: tree.ids[root]!, cells: undoing.cells })
    }
    try {
      return [root, this.#state.enter(root)]
    } catch (error) {
      // Else the node whose answer is put off would be blamed.
      this.#state.stop(root, error)
      throw new Over()
    }
  }

  /** Into what it lies on, or what that was merged into; with a frame that is gone, it is gone. */
  #mergeUndone({ root, undoing, for: node }: Owed): void {
    const { tree, board } = this.#state
    const { scopes } = tree
    if (scopes.kinds.get(root) !== 'overlay') return
    let into = scopes.under(root)
    while (into !== ROOT && !this.#state.isRunning(into) && !this.#kept.has(into)) {
      if (scopes.kinds.get(into) !== 'overlay') {
        this.#kept.add(root)
        return
      }
      into = scopes.under(into)
    }
    if (!board.merge(root, undoing!.cells, into)) return
    const target = into === ROOT ? '' : tree.ids[into]!
    // The node that did it may be of a turn long gone.
    this.#state.tell(node, { kind: 'mergeUndone', scope: tree.ids[root]!, into: target })
  }

  #dropKept(owed: Owed): void {
    const dropped: string[] = []
    for (const scope of this.#kept) {
      if (this.#isNeeded(scope)) continue
      this.#kept.delete(scope)
      if (this.#state.board.drop(scope)) dropped.push(this.#state.tree.ids[scope]!)
    }
    if (dropped.length > 0) this.#state.tell(owed.for, { kind: 'drop', scopes: dropped })
  }

  #isNeeded(scope: number): boolean {
    for (const { root } of this.#due()) if (root !== scope && this.#isBelow(root, scope)) return true
    return false
  }

  /** All that is not done yet. */
  *#due(): Iterable<Owed> {
    for (const one of this.#state.owed) if (!('left' in one)) yield one
    for (const { running, left } of this.#debts) {
      if (running !== undefined) yield running
      yield* left
    }
  }

  #isOf({ node, visit }: Debt, index: number): boolean {
    return node === index && visit === this.#state.visitOf(index)
  }

  #isBelow(index: number, node: number): boolean {
    for (let above = index; above >= 0; above = this.#state.tree.parent[above]!) if (above === node) return true
    return false
  }
}
