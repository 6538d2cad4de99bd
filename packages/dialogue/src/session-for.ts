import {
  idleMs,
  type InboundEvent,
  type ReleasedProcedure,
  type StoredSession,
  type Turn,
  type TurnResult,
} from '@copse/contracts'
import { isAnswer, waitsForAnswer } from './answers.ts'
import { hasNewer } from './newer.ts'
import { startsAnother } from './other-started.ts'
import { hasTimeAhead } from './timers.ts'

export type SessionFor =
  | { kind: 'goes-on'; session: StoredSession }
  | { kind: 'ended'; session: StoredSession }
  | { kind: 'new'; leaving: Pick<TurnResult, 'left'> }

/** Which session the message is for. One that is left for a new beginning, or waited too long, ends here. */
export function sessionFor(
  { session, now }: Turn,
  event: InboundEvent,
  procedures: readonly ReleasedProcedure[],
): SessionFor {
  if (!session) return { kind: 'new', leaving: {} }
  const fresh = event.fresh === true
  if (session.status !== 'waiting') return fresh ? { kind: 'new', leaving: {} } : { kind: 'ended', session }
  const leave = (outcome: 'abandoned' | 'idle'): SessionFor => ({
    kind: 'new',
    leaving: { left: { sessionId: session.id, outcome } },
  })
  if (fresh) return leave('abandoned')
  if (event.kind === 'timer' || isAnswer(event) || waitsForAnswer(session)) return { kind: 'goes-on', session }
  if (now - session.updatedAt > idleMs && !hasTimeAhead(session, now)) return leave('idle')
  if (hasNewer(session, procedures) || startsAnother(event, session, procedures)) return leave('abandoned')
  return { kind: 'goes-on', session }
}
