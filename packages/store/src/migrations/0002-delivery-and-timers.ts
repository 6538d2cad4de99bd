/** Who owns a conversation, what became of a message after it was handed over, timers, and what people decided. */
export const deliveryAndTimers = `
ALTER TABLE meta ADD COLUMN restore_generation INTEGER NOT NULL DEFAULT 0;

ALTER TABLE contacts ADD COLUMN opted_out_at INTEGER;
-- A person who asked to be forgotten leaves a tombstone: ids that other rows point to, and nothing that was said.
ALTER TABLE contacts ADD COLUMN forgotten_at INTEGER;

-- bot: we answer. queue: a person was asked for. human: a person answers, and what we compose is dropped.
ALTER TABLE conversations ADD COLUMN owner TEXT NOT NULL DEFAULT 'bot' CHECK (owner IN ('bot', 'queue', 'human'));
ALTER TABLE conversations ADD COLUMN owner_since INTEGER;
-- When the customer was last heard: channels allow free answers for a while only.
ALTER TABLE conversations ADD COLUMN heard_at INTEGER;
-- How long the next turn waits for more messages; null: as long as the channel does.
ALTER TABLE conversations ADD COLUMN quiet_ms INTEGER;

CREATE TABLE sends (
  seq INTEGER PRIMARY KEY REFERENCES messages,
  key TEXT NOT NULL UNIQUE,
  conversation_id TEXT NOT NULL REFERENCES conversations,
  channel TEXT NOT NULL,
  alias TEXT NOT NULL,
  -- Whose words: those of the bot are dropped when a person takes over.
  author TEXT NOT NULL DEFAULT 'bot' CHECK (author IN ('bot', 'human', 'system')),
  state TEXT NOT NULL CHECK (state IN ('pending', 'sending', 'delivered', 'dropped', 'dead')),
  attempts INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL,
  due_at INTEGER NOT NULL,
  -- The message after it waits until the customer has this one, or until then.
  barrier_until INTEGER,
  provider_id TEXT,
  error TEXT,
  settled_at INTEGER
) STRICT;
INSERT INTO sends (seq, key, conversation_id, channel, alias, state, attempts, created_at, due_at, provider_id, error, settled_at)
  SELECT seq, key, conversation_id, channel, alias, state, attempts, due_at, due_at, provider_id, error, settled_at FROM outbox;
DROP TABLE outbox;
ALTER TABLE sends RENAME TO outbox;
CREATE INDEX outbox_open ON outbox (conversation_id, seq) WHERE state IN ('pending', 'sending');
-- Messages that wait to be read are many, and must not be passed by on the way to those that are to be sent.
CREATE INDEX outbox_heads ON outbox (channel, conversation_id, seq) WHERE state IN ('pending', 'sending');
CREATE INDEX outbox_barrier ON outbox (conversation_id, seq) WHERE barrier_until IS NOT NULL;
CREATE INDEX outbox_dead ON outbox (seq) WHERE state = 'dead';
CREATE INDEX outbox_provider ON outbox (channel, provider_id) WHERE provider_id IS NOT NULL;

-- What the channel said of a message later. It may come before our own commit of the send, and in any order.
CREATE TABLE receipts (
  channel TEXT NOT NULL,
  provider_id TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('sent', 'delivered', 'read', 'failed')),
  at INTEGER NOT NULL,
  error TEXT,
  PRIMARY KEY (channel, provider_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE timers (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  key TEXT NOT NULL UNIQUE,
  contact_id TEXT NOT NULL REFERENCES contacts,
  conversation_id TEXT NOT NULL REFERENCES conversations,
  -- A firing is an event of this address.
  channel TEXT NOT NULL,
  alias TEXT NOT NULL,
  session_id TEXT,
  -- Recurring: the schedule and its zone. One-off: null.
  schedule TEXT,
  zone TEXT,
  misfire TEXT NOT NULL,
  data TEXT NOT NULL,
  due_at INTEGER NOT NULL,
  -- Of what is due: with the key it names a firing, so that none happens twice.
  occurrence TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'fired', 'skipped', 'cancelled')),
  late_ms INTEGER,
  settled_at INTEGER
) STRICT;
CREATE INDEX timers_due ON timers (due_at) WHERE state = 'waiting';
CREATE INDEX timers_contact ON timers (contact_id) WHERE state = 'waiting';
CREATE INDEX timers_session ON timers (session_id) WHERE state = 'waiting';

CREATE TABLE memories (
  contact_id TEXT NOT NULL REFERENCES contacts,
  key TEXT NOT NULL,
  value TEXT NOT NULL,
  session_id TEXT,
  at INTEGER NOT NULL,
  PRIMARY KEY (contact_id, key)
) STRICT, WITHOUT ROWID;

ALTER TABLE handoffs ADD COLUMN state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'taken', 'closed'));
ALTER TABLE handoffs ADD COLUMN taken_by TEXT;
ALTER TABLE handoffs ADD COLUMN taken_at INTEGER;
ALTER TABLE handoffs ADD COLUMN closed_at INTEGER;
CREATE INDEX handoffs_open ON handoffs (conversation_id) WHERE state <> 'closed';

-- What has to reach the tenant's own people: e-mail, or a signed request.
CREATE TABLE notices (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  key TEXT NOT NULL UNIQUE,
  handoff_id TEXT REFERENCES handoffs (id),
  content TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('pending', 'sending', 'sent', 'dead')),
  attempts INTEGER NOT NULL DEFAULT 0,
  due_at INTEGER NOT NULL,
  error TEXT,
  settled_at INTEGER
) STRICT;
CREATE INDEX notices_open ON notices (due_at) WHERE state IN ('pending', 'sending');

-- One-time links that were used.
CREATE TABLE links (
  id TEXT PRIMARY KEY,
  used_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What a person decided by hand, and why.
CREATE TABLE interventions (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  at INTEGER NOT NULL,
  who TEXT NOT NULL,
  what TEXT NOT NULL,
  subject TEXT NOT NULL,
  detail TEXT NOT NULL
) STRICT;

CREATE INDEX dedupe_age ON dedupe (received_at);
CREATE INDEX turns_age ON turns (settled_at) WHERE state <> 'open';
CREATE INDEX sessions_age ON sessions (updated_at);
`
