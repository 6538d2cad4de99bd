import type { Handoff, HandoffRules } from '@copse/contracts'
import type { OpenTurn } from '../open-turn.ts'
import type { Room } from '../room.ts'
import { createTimerChanges } from '../timers/change.ts'
import { nobodyKey } from './attendance.ts'
import { insertNotice } from './notice-rows.ts'

interface Asked {
  turn: OpenTurn
  sessionId: string | null
  handoffs: readonly Handoff[]
  rules: HandoffRules | undefined
  now: number
}

/** A turn asked for a person: the case, who hears of it, and what happens when nobody comes; in the turn's own commit. */
export function createAsking({ sql, clock }: Pick<Room, 'sql' | 'clock'>): (asked: Asked) => void {
  const timers = createTimerChanges({ sql, clock })

  return ({ turn, sessionId, handoffs, rules, now }) => {
    const { contactId, conversationId } = turn
    for (const { id, reason, summary, data } of handoffs) {
      sql.run(
        `INSERT INTO handoffs (id, turn_id, session_id, contact_id, conversation_id, reason, summary, data, created_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        [id, turn.id, sessionId, contactId, conversationId, reason, summary, JSON.stringify(data), now],
      )
      if (rules?.notify) insertNotice(sql, id, now)
    }
    const [last] = handoffs.slice(-1)
    if (!last) return
    sql.run(`UPDATE conversations SET owner = 'queue', owner_since = ? WHERE id = ? AND owner = 'bot'`, [
      now,
      conversationId,
    ])
    if (!rules) return
    const { channel, alias, event } = turn.inbox.at(-1)!
    const language = event.language === undefined ? {} : { language: event.language }
    // One for the conversation: who asks twice is told once.
    const set = {
      key: nobodyKey(conversationId),
      when: { at: rules.nobodyAt(now) },
      data: { handoffId: last.id, ...language },
    }
    const isWaiting = sql.get(`SELECT 1 FROM timers WHERE key = ? AND state = 'waiting'`, [set.key])
    if (!isWaiting) timers.change({ contactId, conversationId, channel, alias }, [{ set }])
  }
}
