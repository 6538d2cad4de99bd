import type { Json } from '../tree/json.ts'
import type { Source, Wait } from './snapshot.ts'

/**
 * What happened, node by node. `seq` numbers on across the turns of a session. `scope` is the node whose overlay or
 * frame was written, where it is not the root's.
 */
export type TraceEvent = { seq: number; node: string; visit: number } & (
  | { kind: 'enter'; op: string; title?: string }
  | { kind: 'settle'; status: 'success' | 'failure'; code?: string; reason?: string }
  | { kind: 'wait'; wait: Wait }
  | { kind: 'resume'; event: Json }
  | { kind: 'halt'; reason: HaltReason }
  | { kind: 'write'; key: string; value: Json; by: Source; scope?: string }
  | { kind: 'unset'; key: string; scope?: string }
  | { kind: 'unconfirm'; keys: string[]; scope?: string }
  /** Overlays went down into what they lay on, in this order. */
  | { kind: 'merge'; scopes: string[] }
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
