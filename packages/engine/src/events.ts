import type { Json } from './spec.ts'
import type { Source, Wait } from './snapshot.ts'

/** What happened, node by node. `seq` numbers on across the turns of a session. */
export type TraceEvent = { seq: number; node: string; visit: number } & (
  | { kind: 'enter'; op: string; title?: string }
  | { kind: 'settle'; status: 'success' | 'failure'; code?: string; reason?: string }
  | { kind: 'wait'; wait: Wait }
  | { kind: 'resume'; event: Json }
  | { kind: 'halt'; reason: HaltReason }
  | { kind: 'write'; key: string; value: Json; by: Source }
  | { kind: 'unset'; key: string }
  | { kind: 'unconfirm'; keys: string[] }
  | { kind: 'effect'; name: string; key: string; policy: string; args: Json; outcome: Json }
  | { kind: 'transition'; from: string | null; to: string; exit: string; by?: string }
  | { kind: 'decision'; about: string; chosen: string | null; why: Json }
  | { kind: 'fault'; code: string; reason: string }
)

export type HaltReason = 'cancelled' | 'timeout' | 'preempted' | 'sibling' | 'transition'

export type Subscriber = (event: TraceEvent) => void

/** An event without its numbering. */
export type Happening = TraceEvent extends infer E
  ? E extends unknown
    ? Omit<E, 'seq' | 'node' | 'visit'>
    : never
  : never
