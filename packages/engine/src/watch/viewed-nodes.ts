import type { TraceEvent } from '../run/events.ts'
import type { Snapshot, Wait } from '../run/snapshot.ts'
import type { Tree } from '../tree/tree.ts'
import type { NodeStanding, NodeStatus } from './standing.ts'

export interface NodeView {
  id: string
  op: string
  title?: string
  /** null for the root. */
  parent: string | null
  status: NodeStatus
  /** Number of the visit it is in or was in last; 0 before the first. */
  visit: number
  /** Code of the failure, or why it was halted. */
  code?: string
  reason?: string
}

interface Viewed {
  status: NodeStatus
  visit: number
  code?: string
  reason?: string
}

const NEVER: Viewed = { status: 'idle', visit: 0 }

/** Statuses and waits of a session that is watched. What settled keeps its status until it is entered again. */
export class ViewedNodes {
  readonly #tree: Tree
  readonly #nodes = new Map<string, Viewed>()
  waits: Snapshot['waits'] = []

  constructor(tree: Tree, snapshot: Snapshot | undefined) {
    this.#tree = tree
    if (snapshot === undefined) return
    this.waits = [...snapshot.waits]
    for (const [id, { visit }] of Object.entries(snapshot.nodes)) this.#nodes.set(id, { status: 'running', visit })
    if (snapshot.status === 'success' || snapshot.status === 'failure') {
      this.#nodes.set(tree.id, { status: snapshot.status, visit: 1 })
    }
  }

  take(event: TraceEvent): void {
    const { node, visit } = event
    switch (event.kind) {
      case 'enter':
        this.#nodes.set(node, { status: 'running', visit })
        return
      case 'settle': {
        const { status, code, reason } = event
        this.#nodes.set(node, { status, visit, ...(code !== undefined && { code }), ...(reason && { reason }) })
        return this.#unpark(node)
      }
      case 'halt':
        this.#nodes.set(node, { status: 'halted', visit, code: event.reason })
        return this.#unpark(node)
      case 'wait':
        this.waits = [...this.waits, { node, visit, wait: event.wait }]
        return
      case 'unwait':
        return this.#unpark(node)
      case 'resume':
        return this.#isLeaf(node) ? this.#unpark(node) : this.#answer(node, event.wait)
      case 'write':
      case 'unset':
      case 'unconfirm':
      case 'seed':
      case 'merge':
      case 'mergeUndone':
      case 'drop':
      case 'signal':
      case 'effect':
      case 'transition':
      case 'decision':
      case 'owed':
      case 'log':
      case 'fault':
    }
  }

  /** The session is over, whatever still runs. */
  stop(): void {
    this.waits = []
    for (const [id, node] of this.#nodes) {
      if (node.status === 'running') this.#nodes.set(id, { ...node, status: 'halted', code: 'over' })
    }
  }

  at(index: number): NodeStanding {
    const id = this.#tree.ids[index]!
    const { status, code } = this.#nodes.get(id) ?? NEVER
    const waits = this.waits.filter(({ node }) => node === id).map(({ wait }) => wait)
    return code === undefined ? { status, waits } : { status, waits, code }
  }

  json(): NodeView[] {
    const { ids, ops, titles, parent } = this.#tree
    return ids.map((id, index) => {
      const title = titles[index]
      return {
        id,
        op: ops[index]!.name,
        ...(title !== undefined && { title }),
        parent: ids[parent[index]!] ?? null,
        ...(this.#nodes.get(id) ?? NEVER),
      }
    })
  }

  #isLeaf(id: string): boolean {
    return this.#tree.ops[this.#tree.byId.get(id)!]!.isLeaf
  }

  #unpark(id: string): void {
    this.waits = this.waits.filter(({ node }) => node !== id)
  }

  #answer(id: string, wait: Wait): void {
    const answered = this.waits.findIndex((parked) => parked.node === id && isSame(parked.wait, wait))
    this.waits = this.waits.filter((_, position) => position !== answered)
  }
}

function isSame(a: Wait, b: Wait): boolean {
  return a.kind === b.kind && a.key === b.key && a.at === b.at
}
