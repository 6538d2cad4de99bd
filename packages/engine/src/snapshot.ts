import type { Json } from './spec.ts'

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

export interface NodeState {
  /** 1 success, 2 failure, 3 running. */
  status: number
  visit: number
  /** One int: child index, attempt … */
  mem?: number
  /** Anything else that must survive a wait. */
  memory?: Json
  /** Last failure below it, and last result left below it. */
  failure?: { code: string; reason: string }
  last?: Json
}

export type SessionStatus = 'running' | 'success' | 'failure' | 'faulted' | 'cancelled'

/** A session at rest, as JSON. Any process that has the same tree can continue it. */
export interface Snapshot {
  v: 1
  tree: { id: string; version: string; hash: string }
  /** Events emitted so far: traces of consecutive turns number on. */
  seq: number
  /** Node entries so far; the next visit number. */
  visits: number
  status: SessionStatus
  /** Frame path to its cells; '' is the root frame. */
  scopes: Record<string, Record<string, Cell>>
  /** Sparse: only the active path and memory that outlives a settle. */
  nodes: Record<string, NodeState>
  waits: { node: string; visit: number; wait: Wait }[]
  /** LIFO of compensations (node ids); empty until Compensate exists. */
  undo: { node: string; visit: number }[]
}

/** What wakes a session. Without `node` it goes to the only wait of its kind (and key). */
export interface EngineEvent {
  kind: WaitKind
  key?: string
  node?: string
  data: Json
}
