import * as fc from 'fast-check'
import type { Advance } from '../run/advance.ts'
import type { EngineEvent } from '../run/snapshot.ts'
import type { NodeSpec } from '../tree/spec.ts'

/** Leaves that wait for something, by itself or from outside. */
export const answerable: readonly fc.Arbitrary<NodeSpec>[] = [
  fc.constant({ op: 'wait', config: { kind: 'timer', forMs: 20 } }),
  fc.constant({ op: 'wait', config: { kind: 'event', key: 'door' } }),
  fc.constant({ op: 'job', config: { jobType: 'print' } }),
]

/** An answer to one of the waits of a session, or a signal now and then, and a time when it is due. */
export function answerTo({ waits }: Advance, pick: number): { event: EngineEvent; now: number } {
  if (pick % 11 === 10) return { event: { kind: 'signal', key: 'stop', data: null }, now: 1_000 }
  const { node, wait } = waits[pick % waits.length]!
  const data = wait.kind === 'job' ? { ok: pick % 3 > 0, data: pick } : [pick, pick]
  const event: EngineEvent = { kind: wait.kind, node, data, ...(wait.key !== undefined && { key: wait.key }) }
  return { event, now: (wait.at ?? 1_000) + 1 }
}
