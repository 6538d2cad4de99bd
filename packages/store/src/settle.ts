import {
  Fault,
  type Handoff,
  type OutboundMessage,
  type SettledTurn,
  type StoredSession,
  type TurnBurial,
  type TurnCommit,
  type TurnReply,
  type TurnResult,
  type TurnStore,
} from '@copse/contracts'
import { createAsking } from './handoffs/asked.ts'
import { insertNotice } from './handoffs/notice-rows.ts'
import { appendJournal } from './journal-rows.ts'
import { createMemories } from './memories.ts'
import { appendMessages } from './message-rows.ts'
import { openTurn, type OpenTurn } from './open-turn.ts'
import { createOwnerChange } from './outbox/owner-change.ts'
import type { Room } from './room.ts'
import { createTimerChanges } from './timers/change.ts'

/** The two ends of a turn: committed with its result, or buried. Each is one transaction. */
export function createSettling(room: Room): Pick<TurnStore, 'commitTurn' | 'buryTurn'> {
  const { sql, commits, clock } = room
  const timers = createTimerChanges(room)
  const memories = createMemories(room)
  const ask = createAsking(room)
  const changeOwner = createOwnerChange(room)

  function commit({ turnId, session: before, result, entries, rules }: TurnCommit): SettledTurn {
    const turn = openTurn(sql, turnId)
    const now = clock.now()
    appendJournal(sql, turnId, entries)
    if (result.session) saveSession(turn, before, result.session, now)
    if (result.left) {
      sql.run(
        `UPDATE sessions SET status = 'completed', outcome = ?, updated_at = ?
         WHERE id = ? AND contact_id = ? AND status = 'waiting'`,
        [result.left.outcome, now, result.left.sessionId, turn.contactId],
      )
      timers.cancelOf(result.left.sessionId)
    }
    sql.run('UPDATE conversations SET data = coalesce(?, data), quiet_ms = ? WHERE id = ?', [
      result.conversation === undefined ? null : JSON.stringify(result.conversation),
      result.quietMs ?? null,
      turn.conversationId,
    ])
    if (result.customerId !== undefined) {
      sql.run('UPDATE contacts SET customer_id = ? WHERE id = ?', [result.customerId, turn.contactId])
    }
    if (result.memories) {
      const sessionId = result.session?.id ?? before?.id ?? null
      memories.keep({ contactId: turn.contactId, sessionId, now }, result.memories)
    }
    if (result.timers) {
      const { contactId, conversationId } = turn
      const { channel, alias } = turn.inbox[0]!
      timers.change({ contactId, conversationId, channel, alias }, result.timers)
    }
    // After the turn's own wishes: nothing outlives the session that it is for.
    if (result.session && result.session.status !== 'waiting') timers.cancelOf(result.session.id)
    if (result.recall) recall(turn, result.recall, now)
    sql.run('INSERT INTO traces VALUES (?, ?)', [turnId, JSON.stringify(result.trace)])
    for (const { provider, model, purpose, inputTokens, outputTokens } of result.usage) {
      sql.run('INSERT INTO usage VALUES (?, ?, ?, ?, ?, ?, ?)', [
        turnId,
        provider,
        model,
        purpose,
        inputTokens,
        outputTokens,
        now,
      ])
    }
    return end(turn, {
      state: 'committed',
      now,
      rules,
      session: result.session ?? (result.left ? undefined : before),
      ...result,
    })
  }

  function bury({ turnId, session: before, faultSession, error, apology, handoff, rules }: TurnBurial): SettledTurn {
    const turn = openTurn(sql, turnId)
    const now = clock.now()
    let session: TurnResult['session'] = before
    if (before && faultSession) {
      session = { ...before, status: 'faulted' }
      saveSession(turn, before, session, now)
      timers.cancelOf(before.id)
    }
    return end(turn, { state: 'dead', now, rules, session, messages: [apology], handoffs: [handoff], error })
  }

  /** Before what the turn says, so that it is said by whoever has the conversation then. */
  function recall({ conversationId }: OpenTurn, wish: NonNullable<TurnResult['recall']>, now: number): void {
    if ('giveBack' in wish) {
      changeOwner({ conversationId, owner: 'bot', who: 'timer', reason: wish.giveBack })
      return
    }
    const isOpen = sql.get(`SELECT 1 FROM handoffs WHERE id = ? AND state = 'open'`, [wish.remind])
    if (isOpen) insertNotice(sql, wish.remind, now, true)
  }

  function saveSession(
    turn: OpenTurn,
    before: StoredSession | undefined,
    session: NonNullable<TurnResult['session']>,
    now: number,
  ): void {
    const { id, procedure, intent, step, status, outcome = null } = session
    const snapshot = JSON.stringify(session.snapshot)
    const pinned = [procedure.id, procedure.version, procedure.treeHash] as const
    if (before?.id !== id) {
      sql.run(
        `INSERT INTO sessions (id, contact_id, conversation_id, procedure_id, procedure_version, tree_hash, intent, step,
           status, outcome, snapshot, revision, created_at, updated_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?)`,
        [id, turn.contactId, turn.conversationId, ...pinned, intent, step, status, outcome, snapshot, now, now],
      )
      return
    }
    const { changes } = sql.run(
      `UPDATE sessions SET procedure_id = ?, procedure_version = ?, tree_hash = ?, intent = ?, step = ?, status = ?,
         outcome = ?, snapshot = ?, revision = revision + 1, updated_at = ?
       WHERE id = ? AND revision = ?`,
      [...pinned, intent, step, status, outcome, snapshot, now, id, before.revision],
    )
    if (changes !== 1) throw new Fault('internal', { detail: `Session ${id} changed during its own turn.` })
  }

  function end(
    turn: OpenTurn,
    ending: {
      state: 'committed' | 'dead'
      now: number
      rules: TurnCommit['rules']
      session: TurnResult['session']
      messages: OutboundMessage[]
      handoffs: Handoff[]
      error?: string
    },
  ): SettledTurn {
    const { state, now, session, handoffs, rules, error = null } = ending
    const sessionId = session?.id ?? null
    const said = appendMessages(sql, turn, { state, sessionId, messages: ending.messages, now })
    ask({ turn, sessionId, handoffs, rules, now })
    // Nobody will come back to an intent of this turn: a person has to look.
    sql.run(`UPDATE effects SET state = 'uncertain' WHERE turn_id = ? AND state = 'intent'`, [turn.id])
    const reply: TurnReply = {
      turnId: turn.id,
      conversationId: turn.conversationId,
      sessionId,
      status: session?.status ?? 'none',
      intent: session?.intent ?? null,
      step: session?.step ?? null,
      ...said,
    }
    sql.run('UPDATE turns SET state = ?, session_id = ?, reply = ?, error = ?, settled_at = ? WHERE id = ?', [
      state,
      sessionId,
      JSON.stringify(reply),
      error,
      now,
      turn.id,
    ])
    sql.run('UPDATE inbox SET state = ? WHERE turn_id = ?', [state === 'committed' ? 'done' : 'dead', turn.id])
    return { contactId: turn.contactId, inboxIds: turn.inbox.map((row) => row.id), reply }
  }

  return {
    commitTurn: (turn) => commits.run(() => commit(turn)),
    buryTurn: (burial) => commits.run(() => bury(burial)),
  }
}
