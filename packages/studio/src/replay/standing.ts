import { remembering } from '@copse/contracts'
import type { InboundEvent, JsonObject, RecordedTurn, Recording, StoredSession, TurnResult } from '@copse/contracts'

/** How a contact's conversations stand between two turns. */
export interface Standing {
  customerId: string | undefined
  memory: JsonObject
  /** What each conversation remembers, by id. */
  conversations: Map<string, JsonObject>
  /** In the order they began. */
  sessions: Map<string, StoredSession>
}

/** Before the first turn. Where the beginning is not there any more, the customer is taken as known now. */
export const beforeAll = ({ isCut, contact }: Recording): Standing => ({
  customerId: isCut ? contact.customerId : undefined,
  memory: isCut ? (contact.memory ?? {}) : {},
  conversations: new Map(),
  sessions: new Map(),
})

/** As the store finds it: the session asked for, else the newest that waits. */
export function sessionFor({ sessions }: Standing, wanted: InboundEvent['sessionId']): StoredSession | undefined {
  return (
    (wanted === undefined ? undefined : sessions.get(wanted)) ??
    [...sessions.values()].findLast(({ status }) => status === 'waiting')
  )
}

/** As the store's commit leaves it. */
export function settle(standing: Standing, turn: RecordedTurn, contactId: string, result: TurnResult): void {
  const { sessions, conversations } = standing
  const { session, left } = result
  if (session) {
    const before = sessions.get(session.id)
    sessions.set(session.id, {
      ...session,
      contactId,
      conversationId: before?.conversationId ?? turn.conversationId,
      revision: (before?.revision ?? 0) + 1,
      createdAt: before?.createdAt ?? turn.settledAt,
      updatedAt: turn.settledAt,
    })
  }
  const leaves = left && sessions.get(left.sessionId)
  if (left && leaves?.status === 'waiting')
    sessions.set(leaves.id, { ...leaves, status: 'completed', outcome: left.outcome, updatedAt: turn.settledAt })
  if (result.conversation) conversations.set(turn.conversationId, result.conversation)
  standing.customerId = result.customerId ?? standing.customerId
  standing.memory = remembering(standing.memory, result.memories)
}

/** A turn that was given up changes nothing, but a session that it broke. */
export function giveUp({ sessions }: Standing, { sessionId, status, settledAt }: RecordedTurn): void {
  const before = sessionId === null ? undefined : sessions.get(sessionId)
  if (before && status === 'faulted')
    sessions.set(before.id, { ...before, status, revision: before.revision + 1, updatedAt: settledAt })
}
