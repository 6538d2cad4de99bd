import type { Json } from '../tree/json.ts'
import type { Cell, Source, Wait } from './snapshot.ts'

/**
 * What happened, node by node. `seq` numbers on across the turns of a session. `scope` is the node whose overlay or
 * frame was written, where it is not the root's.
 */
export type TraceEvent = { seq: number; node: string; visit: number } & (
  | { kind: 'enter'; op: string; title?: string }
  | { kind: 'settle'; status: 'success' | 'failure'; code?: string; reason?: string }
  | { kind: 'wait'; wait: Wait }
  /** This wait was answered: of a leaf all waits are gone, of a parent only this one. */
  | { kind: 'resume'; event: Json; wait: Wait }
  /** A parent took its own waits back. */
  | { kind: 'unwait' }
  | { kind: 'halt'; reason: HaltReason }
  | { kind: 'write'; key: string; value: Json; by: Source; scope?: string }
  | { kind: 'unset'; key: string; scope?: string }
  | { kind: 'unconfirm'; keys: string[]; scope?: string }
  /** A frame or overlay was given these before anything ran in it. */
  | { kind: 'seed'; scope: string; cells: Record<string, Cell> }
  /** Overlays went down into what they lay on, in this order; those of the node's other children are gone. */
  | { kind: 'merge'; scopes: string[] }
  /** So did the overlay of what was undone, but for what it had been given; `into` is '' for the root's frame. */
  | { kind: 'mergeUndone'; scope: string; into: string }
  /** These are gone as well, now that what was halted there is cleaned up. */
  | { kind: 'drop'; scopes: string[] }
  /** Raised from outside; told by the root. */
  | { kind: 'signal'; name: string }
  | { kind: 'effect'; name: string; key: string; policy: string; args: Json; outcome: Json }
  | { kind: 'transition'; from: string | null; to: string; exit: string; by?: string }
  | { kind: 'decision'; about: string; chosen: string | null; why: Json }
  /** What is cleaned up or undone now, on behalf of this node. */
  | { kind: 'owed'; run: string; because: 'finally' | 'undo' }
  | { kind: 'log'; level: 'debug' | 'info' | 'warn'; message: string; data?: Json }
  | { kind: 'fault'; code: string; reason: string }
)

export type HaltReason = 'cancelled' | 'timeout' | 'preempted' | 'sibling' | 'transition' | 'signal'

export type Subscriber = (event: TraceEvent) => void

/** An event without its numbering. */
export type Happening = TraceEvent extends infer E
  ? E extends unknown
    ? Omit<E, 'seq' | 'node' | 'visit'>
    : never
  : never
