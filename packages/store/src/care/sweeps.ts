import type { Retention } from '@copse/contracts'

/**
 * One kind of old rows. `find` walks by age and id, a piece at a time, and says with `due` which of them have something
 * to clear; its values are the cutoff, the last age twice, the last id, and how many. Each text of `clear` takes an id.
 */
export interface Sweep {
  kept: keyof Retention
  find: string
  clear: readonly (readonly [table: string, sql: string])[]
}

interface Walk {
  from: string
  age: string
  id: string
  where?: string
  due?: string
}

const walk = ({ from, age, id, where = 'TRUE', due = 'TRUE' }: Walk): string =>
  `SELECT ${age} AS at, ${id} AS id, (${due}) AS due FROM ${from}
   WHERE ${age} < ? AND ${age} >= ? AND (${age} > ? OR ${id} > ?) AND ${where} ORDER BY ${age}, ${id} LIMIT ?`

/** Of a session that goes on nothing is taken. */
const ended = `NOT EXISTS (SELECT 1 FROM sessions s WHERE s.id = turns.session_id AND s.status = 'waiting')`

const saysNothing = `json_set(reply, '$.messages', json('[]'))`

export const sweeps: readonly Sweep[] = [
  {
    kept: 'textDays',
    find: walk({
      from: 'turns',
      age: 'settled_at',
      id: 'seq',
      where: `state <> 'open'`,
      due: `${ended} AND EXISTS (SELECT 1 FROM inbox i WHERE i.turn_id = turns.id)
        AND NOT EXISTS (SELECT 1 FROM inbox i WHERE i.turn_id = turns.id AND i.state = 'pending')
        AND NOT EXISTS (SELECT 1 FROM messages m JOIN outbox o ON o.seq = m.seq
          WHERE m.turn_id = turns.id AND o.state IN ('pending', 'sending'))`,
    }),
    clear: [
      [
        'receipts',
        `DELETE FROM receipts WHERE (channel, provider_id) IN (SELECT o.channel, o.provider_id FROM outbox o
           JOIN messages m ON m.seq = o.seq JOIN turns t ON t.id = m.turn_id WHERE t.seq = ?)`,
      ],
      [
        'outbox',
        `DELETE FROM outbox WHERE seq IN (SELECT m.seq FROM messages m JOIN turns t ON t.id = m.turn_id WHERE t.seq = ?)`,
      ],
      ['messages', 'DELETE FROM messages WHERE turn_id = (SELECT id FROM turns WHERE seq = ?)'],
      ['traces', 'DELETE FROM traces WHERE turn_id = (SELECT id FROM turns WHERE seq = ?)'],
      ['journal', 'DELETE FROM journal WHERE turn_id = (SELECT id FROM turns WHERE seq = ?)'],
      ['inbox', 'DELETE FROM inbox WHERE turn_id = (SELECT id FROM turns WHERE seq = ?)'],
      [
        'notices',
        `DELETE FROM notices WHERE state IN ('sent', 'dead') AND handoff_id IN
           (SELECT h.id FROM handoffs h JOIN turns t ON t.id = h.turn_id WHERE t.seq = ?)`,
      ],
      [
        'handoffs',
        `UPDATE handoffs SET summary = '', data = '{}'
         WHERE state = 'closed' AND turn_id = (SELECT id FROM turns WHERE seq = ?)`,
      ],
      ['turns', `UPDATE turns SET reply = ${saysNothing} WHERE seq = ?`],
    ],
  },
  {
    kept: 'textDays',
    find: walk({ from: 'timers', age: 'settled_at', id: 'seq', where: `state <> 'waiting'` }),
    clear: [['timers', 'DELETE FROM timers WHERE seq = ?']],
  },
  {
    kept: 'snapshotDays',
    find: walk({
      from: 'sessions',
      age: 'updated_at',
      id: 'seq',
      due: `status <> 'waiting' AND snapshot <> 'null'`,
    }),
    clear: [['snapshots', `UPDATE sessions SET snapshot = 'null' WHERE seq = ?`]],
  },
  {
    kept: 'ledgerDays',
    find: walk({ from: 'effects', age: 'settled_at', id: 'seq', due: `state IN ('done', 'no', 'unavailable')` }),
    clear: [['effects', 'DELETE FROM effects WHERE seq = ?']],
  },
]

/** Rows that go by their age alone: the oldest first. Values: the cutoff, and how many. */
export interface Heap {
  kept: keyof Retention
  table: string
  remove: string
}

export const heaps: readonly Heap[] = [
  {
    kept: 'dedupeDays',
    table: 'dedupe',
    remove: `DELETE FROM dedupe WHERE (channel, message_id) IN
      (SELECT channel, message_id FROM dedupe WHERE received_at < ? ORDER BY received_at LIMIT ?)`,
  },
  {
    kept: 'ledgerDays',
    table: 'usage',
    remove: 'DELETE FROM usage WHERE rowid IN (SELECT rowid FROM usage WHERE at < ? ORDER BY at LIMIT ?)',
  },
]
