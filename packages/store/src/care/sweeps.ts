import type { Retention } from '@copse/contracts'

/**
 * One kind of old rows. `find` walks them in the order they came in, a piece at a time, and says of each when it was
 * `begun` and whether something of it is `due` to be cleared; its values are the cutoff, the last id, and how many. Each
 * text of `clear` takes an id.
 */
export interface Sweep {
  kept: keyof Retention
  find: string
  clear: readonly (readonly [table: string, sql: string])[]
}

interface Walk {
  from: string
  id?: string
  /** Of what comes after, nothing is older: there the walk may end. */
  begun: string
  age: string
  due?: string
}

const walk = ({ from, id = 'seq', begun, age, due = 'TRUE' }: Walk): string =>
  `SELECT ${id} AS id, ${begun} AS begun, iif(${age} < ?, ${due}, FALSE) AS due FROM ${from} WHERE ${id} > ? ORDER BY ${id} LIMIT ?`

/** Of a session that goes on nothing is taken. */
const ended = `NOT EXISTS (SELECT 1 FROM sessions s WHERE s.id = turns.session_id AND s.status = 'waiting')`

/** Of these turns nothing is left that somebody may still ask for. */
const isBare = (turns: string): string => `NOT EXISTS (SELECT 1 FROM turns t WHERE ${turns} AND (t.state = 'open'
  OR EXISTS (SELECT 1 FROM inbox i WHERE i.turn_id = t.id)
  OR EXISTS (SELECT 1 FROM messages m WHERE m.turn_id = t.id)
  OR EXISTS (SELECT 1 FROM effects e WHERE e.turn_id = t.id)
  OR EXISTS (SELECT 1 FROM usage u WHERE u.turn_id = t.id)
  OR EXISTS (SELECT 1 FROM handoffs h WHERE h.turn_id = t.id AND (h.state <> 'closed'
    OR EXISTS (SELECT 1 FROM notices n WHERE n.handoff_id = h.id AND n.state IN ('pending', 'sending'))))))`

/** What still points to bare turns, and then they themselves. */
const removeTurns = (turns: string): Sweep['clear'] => [
  [
    'notices',
    `DELETE FROM notices WHERE handoff_id IN (SELECT h.id FROM handoffs h JOIN turns t ON t.id = h.turn_id WHERE ${turns})`,
  ],
  ...['handoffs', 'journal', 'traces'].map(
    (table) => [table, `DELETE FROM ${table} WHERE turn_id IN (SELECT t.id FROM turns t WHERE ${turns})`] as const,
  ),
  ['turns', `DELETE FROM turns WHERE id IN (SELECT t.id FROM turns t WHERE ${turns})`],
]

const ofSession = 't.session_id = (SELECT s.id FROM sessions s WHERE s.seq = ?)'

const saysNothing = `json_set(reply, '$.messages', json('[]'))`

export const sweeps: readonly Sweep[] = [
  {
    kept: 'textDays',
    find: walk({
      from: 'turns',
      begun: 'now',
      age: 'settled_at',
      due: `state <> 'open' AND ${ended} AND (EXISTS (SELECT 1 FROM inbox i WHERE i.turn_id = turns.id)
          OR EXISTS (SELECT 1 FROM messages m WHERE m.turn_id = turns.id))
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
      ['turns', `UPDATE turns SET reply = ${saysNothing} WHERE seq = ? AND reply IS NOT NULL`],
    ],
  },
  {
    kept: 'textDays',
    find: walk({ from: 'timers', begun: '0', age: 'settled_at', due: `state <> 'waiting'` }),
    clear: [['timers', 'DELETE FROM timers WHERE seq = ?']],
  },
  {
    kept: 'snapshotDays',
    find: walk({
      from: 'sessions',
      begun: 'created_at',
      age: 'updated_at',
      due: `status <> 'waiting' AND snapshot <> 'null'`,
    }),
    clear: [['snapshots', `UPDATE sessions SET snapshot = 'null' WHERE seq = ?`]],
  },
  {
    kept: 'ledgerDays',
    find: walk({
      from: 'effects',
      begun: 'started_at',
      age: 'settled_at',
      due: `state IN ('done', 'no', 'unavailable')`,
    }),
    clear: [['effects', 'DELETE FROM effects WHERE seq = ?']],
  },
  {
    // With all its turns: a session counts them.
    kept: 'ledgerDays',
    find: walk({
      from: 'sessions',
      begun: 'created_at',
      age: 'updated_at',
      due: `status <> 'waiting' AND ${isBare('t.session_id = sessions.id')}
        AND NOT EXISTS (SELECT 1 FROM messages m WHERE m.session_id = sessions.id)
        AND NOT EXISTS (SELECT 1 FROM handoffs h LEFT JOIN turns t ON t.id = h.turn_id
          WHERE h.session_id = sessions.id AND t.session_id IS NOT sessions.id)`,
    }),
    clear: [...removeTurns(ofSession), ['sessions', 'DELETE FROM sessions WHERE seq = ?']],
  },
  {
    kept: 'ledgerDays',
    find: walk({
      from: 'turns',
      begun: 'now',
      age: 'settled_at',
      due: `state <> 'open' AND session_id IS NULL AND ${isBare('t.seq = turns.seq')}`,
    }),
    clear: removeTurns('t.seq = ?'),
  },
  {
    kept: 'ledgerDays',
    find: walk({ from: 'usage', id: 'rowid', begun: 'at', age: 'at' }),
    clear: [['usage', 'DELETE FROM usage WHERE rowid = ?']],
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
    // Of messages that are none of ours: the others went with their message.
    kept: 'textDays',
    table: 'receipts',
    remove: `DELETE FROM receipts WHERE (channel, provider_id) IN
      (SELECT channel, provider_id FROM receipts WHERE at < ? ORDER BY at LIMIT ?)`,
  },
  {
    kept: 'ledgerDays',
    table: 'interventions',
    remove: 'DELETE FROM interventions WHERE seq IN (SELECT seq FROM interventions WHERE at < ? ORDER BY seq LIMIT ?)',
  },
  {
    // Long after the last link has expired.
    kept: 'ledgerDays',
    table: 'links',
    remove: 'DELETE FROM links WHERE id IN (SELECT id FROM links WHERE used_at < ? LIMIT ?)',
  },
]
