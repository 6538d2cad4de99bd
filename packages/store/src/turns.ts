import { Fault, type TurnStore } from '@copse/contracts'
import { createBeginning } from './begin-turn.ts'
import { recordIntervention } from './interventions.ts'
import type { Room } from './room.ts'
import { createSettling } from './settle.ts'

export function createTurns(room: Room): TurnStore {
  const { sql, commits } = room
  const begin = createBeginning(room)
  return {
    beginTurn: (start) => commits.run(() => begin(start)),
    ...createSettling(room),
    giveTryBack: (turnId) =>
      commits.run(() => {
        sql.run(`UPDATE turns SET attempts = attempts - 1 WHERE id = ? AND state = 'open' AND attempts > 0`, [turnId])
      }),
    redrive: (inboxId, who) =>
      commits.run(() => {
        const rows = sql.all<{ id: number; contactId: string; turnId: string }>(
          `UPDATE inbox SET state = 'pending' WHERE state = 'dead'
             AND contact_id IN (SELECT id FROM contacts WHERE forgotten_at IS NULL)
             AND turn_id = (SELECT turn_id FROM inbox WHERE id = ? AND state = 'dead')
           RETURNING id, contact_id AS contactId, turn_id AS turnId`,
          [inboxId],
        )
        const [row] = rows
        if (!row) throw new Fault('not_found', { detail: `No dead message ${inboxId}.` })
        recordIntervention(room, { who, what: 'redrive', subject: row.turnId, detail: {} })
        return { contactId: row.contactId, inboxIds: rows.map(({ id }) => id) }
      }),
  }
}
