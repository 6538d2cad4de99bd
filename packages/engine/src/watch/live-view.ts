import { Blackboard, ROOT } from '../run/blackboard.ts'
import type { Subscriber, TraceEvent } from '../run/events.ts'
import type { Cell, SessionStatus, Snapshot } from '../run/snapshot.ts'
import type { Tree } from '../tree/tree.ts'
import type { NodeStanding, Standing } from './standing.ts'
import { ViewedNodes, type NodeView } from './viewed-nodes.ts'

/** How a session began that is watched from now on: what `advance` and `open` are given. */
export interface ViewStart {
  snapshot?: Snapshot
  cells?: Record<string, Cell>
}

/** All of a session that can be watched, as JSON. */
export interface ViewJson {
  tree: Snapshot['tree']
  status: SessionStatus
  /** Events heard so far, those before the view began included. */
  seq: number
  /** Whether every event was heard, each once. */
  isWhole: boolean
  /** Parents before children, children in order. */
  nodes: NodeView[]
  waits: Snapshot['waits']
  scopes: Snapshot['scopes']
  signals: string[]
  fault?: { node: string; code: string; reason: string }
}

/** A session as it is now, also in the middle of a turn: kept from its events, without asking the session. */
export interface LiveView extends Standing {
  /** For `TurnContext.subscribe`, in every turn of the session. */
  readonly subscribe: Subscriber
  readonly waits: Snapshot['waits']
  /**
   * False once an event was missed or came twice: a turn was given up and run again, or ran without this subscriber.
   * `restart` with the snapshot that the next turn begins with makes it whole.
   */
  readonly isWhole: boolean
  restart(start: ViewStart): void
  json(): ViewJson
}

export function liveView(tree: Tree, start: ViewStart = {}): LiveView {
  return new View(tree, start)
}

class View implements LiveView {
  readonly #tree: Tree
  #nodes!: ViewedNodes
  #board!: Blackboard
  /** What overlays were given before anything ran in them. */
  readonly #given = new Map<string, Record<string, Cell>>()
  #signals!: Set<string>
  #fault: ViewJson['fault']
  #seq!: number
  status!: SessionStatus
  isWhole!: boolean

  constructor(tree: Tree, start: ViewStart) {
    this.#tree = tree
    this.restart(start)
  }

  restart({ snapshot, cells = {} }: ViewStart): void {
    const { scopes } = this.#tree
    this.#nodes = new ViewedNodes(this.#tree, snapshot)
    this.#board = new Blackboard(snapshot?.scopes[''] ?? cells, scopes)
    for (const [id, layer] of Object.entries(snapshot?.scopes ?? {})) {
      if (id !== '') this.#board.seed(this.#numberOf(id), layer)
    }
    this.#signals = new Set(snapshot?.signals)
    this.#fault = undefined
    this.#given.clear()
    this.#seq = snapshot?.seq ?? 0
    this.status = snapshot?.status ?? 'running'
    this.isWhole = true
  }

  subscribe: Subscriber = (event) => {
    if (event.seq !== this.#seq || !this.#tree.byId.has(event.node)) this.isWhole = false
    this.#seq = event.seq + 1
    if (!this.#tree.byId.has(event.node)) return
    this.#nodes.take(event)
    this.#takeData(event)
    this.#takeEnd(event)
  }

  get waits(): Snapshot['waits'] {
    return this.#nodes.waits
  }

  at(index: number): NodeStanding {
    return this.#nodes.at(index)
  }

  json(): ViewJson {
    const { id, version, hash, ids } = this.#tree
    const scopes: ViewJson['scopes'] = { '': this.#board.cells(ROOT) }
    // Like a snapshot's: frames and overlays end with the session.
    if (this.status === 'running') {
      for (const [scope, cells] of this.#board.layers()) scopes[ids[scope]!] = cells
    }
    return {
      tree: { id, version, hash },
      status: this.status,
      seq: this.#seq,
      isWhole: this.isWhole,
      nodes: this.#nodes.json(),
      waits: this.waits,
      scopes,
      signals: [...this.#signals],
      ...(this.#fault && { fault: this.#fault }),
    }
  }

  #takeData(event: TraceEvent): void {
    const board = this.#board
    switch (event.kind) {
      case 'write':
        return board.set(this.#scopeOf(event), event.key, event.value, event.by)
      case 'unset':
        return void board.unset(this.#scopeOf(event), event.key)
      case 'unconfirm':
        for (const key of event.keys) board.unconfirm(this.#scopeOf(event), key)
        return
      case 'seed':
        this.#given.set(event.scope, event.cells)
        return board.seed(this.#numberOf(event.scope), event.cells)
      case 'merge':
        for (const scope of event.scopes) board.merge(this.#numberOf(scope))
        return this.#dropBelow(event.node)
      case 'mergeUndone':
        return void board.merge(
          this.#numberOf(event.scope),
          this.#given.get(event.scope),
          event.into === '' ? ROOT : this.#numberOf(event.into),
        )
      case 'drop':
        for (const scope of event.scopes) board.drop(this.#numberOf(scope))
        return
      case 'halt':
        this.#dropBelow(event.node)
        return void board.drop(this.#numberOf(event.node))
      case 'signal':
        return void this.#signals.add(event.name)
      case 'enter':
      case 'settle':
      case 'wait':
      case 'unwait':
      case 'resume':
      case 'effect':
      case 'transition':
      case 'decision':
      case 'owed':
      case 'log':
      case 'fault':
    }
  }

  #takeEnd(event: TraceEvent): void {
    const { kind, node } = event
    if (kind === 'fault') {
      this.#fault = { node, code: event.code, reason: event.reason }
      this.status = 'faulted'
      this.#nodes.stop()
    } else if (node !== this.#tree.id) return
    else if (kind === 'settle') this.status = event.status
    else if (kind === 'halt') this.status = 'cancelled'
  }

  #dropBelow(id: string): void {
    const index = this.#numberOf(id)
    for (let child = this.#tree.first[index]!; child < this.#tree.end[index]!; child++) this.#board.drop(child)
  }

  #scopeOf({ scope }: { scope?: string }): number {
    return scope === undefined ? ROOT : this.#numberOf(scope)
  }

  #numberOf(id: string): number {
    return this.#tree.byId.get(id)!
  }
}
