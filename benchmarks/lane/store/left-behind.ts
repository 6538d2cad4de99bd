/**
 * Leaves a store as a busy tenant's process does that is killed: 100,000 sessions that wait, 5,000 messages not handled,
 * 2,000 not sent, and the log of the last writes beside the database. Run with a folder.
 */
import { join } from 'node:path'
import { openStore } from '@copse/store'
import Database from 'better-sqlite3'

const [folder = '', sessions = '', unhandled = '', unsent = ''] = process.argv.slice(2)

// The tables as our own migrations make them.
await (await openStore({ folder })).close()
const db = new Database(join(folder, 'copse.db'))
db.pragma('wal_autocheckpoint = 16000')
db.pragma('foreign_keys = ON')

const snapshot = JSON.stringify({ v: 1, waits: [], text: 'x'.repeat(2_000) })
const id = (kind: string, at: number): string => `${kind}-${String(at).padStart(8, '0')}`
const addContact = db.prepare('INSERT INTO contacts (id, created_at) VALUES (?, 0)')
const addAlias = db.prepare(`INSERT INTO aliases (channel, alias, contact_id) VALUES ('api', ?, ?)`)
const addConversation = db.prepare(
  `INSERT INTO conversations (id, contact_id, channel, created_at) VALUES (?, ?, 'api', 0)`,
)
const addSession = db.prepare(
  `INSERT INTO sessions (id, contact_id, conversation_id, procedure_id, procedure_version, tree_hash, intent, status,
     snapshot, revision, created_at, updated_at) VALUES (?, ?, ?, 'refund', '1', 'hash', 'refund', 'waiting', ?, 1, 0, 0)`,
)
const addMessage = db.prepare(
  `INSERT INTO inbox (channel, alias, contact_id, conversation_id, event, state, received_at)
   VALUES ('api', ?, ?, ?, ?, 'pending', 0)`,
)
const addTurn = db.prepare(
  `INSERT INTO turns (id, contact_id, conversation_id, now, seed, attempts, epoch, state, reply, settled_at)
   VALUES (?, ?, ?, 0, 'seed', 1, 1, 'committed', '{}', 0)`,
)
const addSaid = db.prepare(
  `INSERT INTO messages (conversation_id, turn_id, author, content, at) VALUES (?, ?, 'business', '{"text":"x"}', 0)`,
)
const addSend = db.prepare(
  `INSERT INTO outbox (seq, key, conversation_id, channel, alias, state, created_at, due_at)
   VALUES (?, ?, ?, 'api', ?, 'pending', 0, 0)`,
)

const inPiles = (count: number, each: (at: number) => void): void => {
  const pile = db.transaction((from: number) => {
    for (let at = from; at < Math.min(from + 1_000, count); at++) each(at)
  })
  for (let from = 0; from < count; from += 1_000) pile(from)
}

inPiles(Number(sessions), (at) => {
  addContact.run(id('contact', at))
  addAlias.run(id('alias', at), id('contact', at))
  addConversation.run(id('conversation', at), id('contact', at))
  addSession.run(id('session', at), id('contact', at), id('conversation', at), snapshot)
})
inPiles(Number(unhandled), (at) => {
  const alias = id('alias', at)
  const event = { channel: 'api', messageId: id('message', at), contact: { alias }, kind: 'text', text: 'yes' }
  addMessage.run(alias, id('contact', at), id('conversation', at), JSON.stringify(event))
})
inPiles(Number(unsent), (at) => {
  addTurn.run(id('turn', at), id('contact', at), id('conversation', at))
  const { lastInsertRowid } = addSaid.run(id('conversation', at), id('turn', at))
  addSend.run(lastInsertRowid, id('send', at), id('conversation', at), id('alias', at))
})
// Not closed: what is in the log stays there.
process.kill(process.pid, 'SIGKILL')
