import type { Json } from '../tree/json.ts'

/** Where a value came from. Models never write what decides an effect without a condition, so it must be visible. */
export type Source = 'customer' | 'tool' | 'model' | 'operator' | 'system'

/** One value of the blackboard. An unconfirmed value reads as missing. */
export interface Cell {
  value: Json
  by: Source
  unconfirmed?: true
}

export type WaitKind = 'input' | 'timer' | 'job' | 'approval' | 'event'

/** What a parked node waits for. `key` tells apart two waits of one kind. */
export interface Wait {
  kind: WaitKind
  key?: string
  /** timer: when, in ms. */
  at?: number
  /** Whatever the outside needs to show, e.g. the options offered. */
  data?: Json
}

/** Why a node failed. */
export type FailureNote = { code: string; reason: string; retryable?: boolean }

export interface NodeState {
  /** 1 success, 2 failure, 3 running. */
  status: number
  visit: number
  /** One int: child index, attempt … */
  mem?: number
  /** Anything else that must survive a wait. */
  memory?: Json
  /** Last failure below it, and last result left below it. */
  failure?: FailureNote
  last?: Json
}

export type SessionStatus = 'running' | 'success' | 'failure' | 'faulted' | 'cancelled'

/** What has to be undone should anything above fail: the node to run, the visit that did it, and the values to see. */
export interface Undo {
  node: string
  visit: number
  cells?: Record<string, Cell>
}

/** A session at rest, as JSON. Any process that has the same tree can continue it. */
export interface Snapshot {
  v: 1
  tree: { id: string; version: string; hash: string }
  /** Events emitted so far: traces of consecutive turns number on. */
  seq: number
  /** Node entries so far; the next visit number. */
  visits: number
  status: SessionStatus
  /** The node that opened a frame or overlay, to its cells; '' is the root frame. `null` is a cell that was taken out. */
  scopes: { '': Record<string, Cell>; [scope: string]: Record<string, Cell | null> }
  /** Sparse: only what leads to a wait. */
  nodes: Record<string, NodeState>
  waits: { node: string; visit: number; wait: Wait }[]
  /** The last is undone first. */
  undo: Undo[]
  /** What nodes keep from one visit to the next. */
  kept?: Record<string, Json>
  /** Outside signals that were raised. */
  signals?: string[]
}

/**
 * What wakes a session. Without `node` it goes to the only wait of its kind (and key). A `signal` is never lost: it is
 * remembered under its key whether somebody waits for it or not.
 */
export interface EngineEvent {
  kind: WaitKind | 'signal'
  key?: string
  node?: string
  data: Json
}
