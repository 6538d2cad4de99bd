import {
  idleMs,
  type InboundEvent,
  type JsonObject,
  type StoredSession,
  type TimerChange,
  type TimerFiring,
  type Turn,
  type TurnResult,
} from '@copse/contracts'
import type { Snapshot } from '@copse/engine'
import { answered, isAnswer } from './answers.ts'

/** A firing of the one timer that a session has. */
export interface Ring {
  event: InboundEvent
  /** It is time, though the clock was set back since. */
  now: number
  /** Nobody has said anything for so long that the session ends, unless something happened meanwhile. */
  isIdle: boolean
}

const keyOf = (sessionId: string): string => `session:${sessionId}`

/** Undefined when no timer brought this turn; `over`: what it was for is not there any more. */
export function ringOf(turn: Turn): Ring | 'over' | undefined {
  const [event] = turn.events
  if (event?.kind !== 'timer') return undefined
  const { session } = turn
  const firing = event.data as unknown as TimerFiring
  // The store gives the open session where the one asked for is nobody's.
  if (session?.status !== 'waiting' || session.id !== event.sessionId || firing.key !== keyOf(session.id)) return 'over'
  const { language, revision, idle } = firing.data
  return {
    event: typeof language === 'string' ? { ...event, language } : event,
    now: Math.max(turn.now, firing.dueAt),
    isIdle: idle === true && revision === session.revision,
  }
}

/** What a turn comes to whose timer, or answer from outside, found nothing to do; the trace says why. */
export function nothingDue(event: InboundEvent, why: 'session_over' | 'nothing_due' | 'idle'): TurnResult {
  const left =
    why === 'idle' && event.sessionId !== undefined ? { sessionId: event.sessionId, outcome: why } : undefined
  return {
    ...(left ? { left } : {}),
    messages: [],
    trace: [isAnswer(event) ? answered(event) : rang(event), { kind: 'unchanged', why }],
    handoffs: [],
    usage: [],
  }
}

/** What the trace says of the timer that brought a turn. */
export function rang({ data }: InboundEvent): JsonObject {
  const { key, dueAt, lateMs, backfilled } = data as unknown as TimerFiring
  return { kind: 'timer', key, dueAt, lateMs, backfilled }
}

/**
 * The earliest time at which a session that rests wants to go on by itself; without any, and if it waits for nobody but
 * the customer, when it is idle. One timer for each session, set with the turn's commit.
 */
export function timersOf(turn: Turn, session: TurnResult['session'], language: string): TimerChange[] {
  // Those of a session that ended end with it.
  if (session?.status !== 'waiting') return []
  const waits = (session.snapshot as unknown as Snapshot).waits.map(({ wait }) => wait)
  const times = waits.flatMap(({ kind, at }) => (kind === 'timer' && at !== undefined ? [at] : []))
  const idle = times.length === 0 && waits.every(({ kind }) => kind === 'input')
  if (times.length === 0 && !idle) return [{ cancel: keyOf(session.id) }]
  const at = idle ? turn.now + idleMs : Math.max(Math.min(...times), turn.now + 1)
  const revision = turn.session?.id === session.id ? turn.session.revision + 1 : 1
  const data: JsonObject = idle ? { language, revision, idle } : { language, revision }
  return [{ set: { key: keyOf(session.id), when: { at }, sessionId: session.id, data } }]
}

/** Until the next time that its author set, a session is not idle. */
export const hasTimeAhead = ({ snapshot }: StoredSession, now: number): boolean =>
  ((snapshot as Partial<Snapshot> | null)?.waits ?? []).some(
    ({ wait }) => wait.kind === 'timer' && wait.at !== undefined && wait.at > now,
  )
