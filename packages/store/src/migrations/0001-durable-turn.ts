/** Partial indexes keep recovery proportional to what is unfinished, not to all there is. */
export const durableTurn = `
CREATE TABLE meta (
  only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
  epoch INTEGER NOT NULL
) STRICT;
INSERT INTO meta VALUES (1, 0);

CREATE TABLE contacts (
  id TEXT PRIMARY KEY,
  name TEXT,
  customer_id TEXT,
  created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE aliases (
  channel TEXT NOT NULL,
  alias TEXT NOT NULL,
  contact_id TEXT NOT NULL REFERENCES contacts,
  PRIMARY KEY (channel, alias)
) STRICT, WITHOUT ROWID;

CREATE TABLE conversations (
  id TEXT PRIMARY KEY,
  contact_id TEXT NOT NULL REFERENCES contacts,
  channel TEXT NOT NULL,
  data TEXT NOT NULL DEFAULT '{}',
  created_at INTEGER NOT NULL,
  UNIQUE (contact_id, channel)
) STRICT;

CREATE TABLE sessions (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  contact_id TEXT NOT NULL REFERENCES contacts,
  conversation_id TEXT NOT NULL REFERENCES conversations,
  procedure_id TEXT NOT NULL,
  procedure_version TEXT NOT NULL,
  tree_hash TEXT NOT NULL,
  intent TEXT NOT NULL,
  step TEXT,
  status TEXT NOT NULL CHECK (status IN ('waiting', 'completed', 'escalated', 'faulted')),
  outcome TEXT,
  snapshot TEXT NOT NULL,
  revision INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX sessions_contact ON sessions (contact_id, seq);
CREATE INDEX sessions_waiting ON sessions (contact_id, seq) WHERE status = 'waiting';

CREATE TABLE turns (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  contact_id TEXT NOT NULL REFERENCES contacts,
  conversation_id TEXT NOT NULL REFERENCES conversations,
  session_id TEXT REFERENCES sessions (id),
  now INTEGER NOT NULL,
  seed TEXT NOT NULL,
  attempts INTEGER NOT NULL,
  epoch INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('open', 'committed', 'dead')),
  reply TEXT,
  error TEXT,
  settled_at INTEGER
) STRICT;
CREATE INDEX turns_session ON turns (session_id);

CREATE TABLE inbox (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  channel TEXT NOT NULL,
  alias TEXT NOT NULL,
  contact_id TEXT NOT NULL REFERENCES contacts,
  conversation_id TEXT NOT NULL REFERENCES conversations,
  event TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('pending', 'done', 'dead')),
  turn_id TEXT REFERENCES turns (id),
  received_at INTEGER NOT NULL
) STRICT;
CREATE INDEX inbox_pending ON inbox (contact_id, id) WHERE state = 'pending';
CREATE INDEX inbox_dead ON inbox (id) WHERE state = 'dead';
CREATE INDEX inbox_turn ON inbox (turn_id);

-- apart from the inbox, so that handled rows can be archived while their ids are still recognised
CREATE TABLE dedupe (
  channel TEXT NOT NULL,
  message_id TEXT NOT NULL,
  inbox_id INTEGER NOT NULL,
  contact_id TEXT NOT NULL,
  received_at INTEGER NOT NULL,
  PRIMARY KEY (channel, message_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE journal (
  turn_id TEXT NOT NULL REFERENCES turns (id),
  seq INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('intent', 'outcome')),
  key TEXT NOT NULL,
  name TEXT NOT NULL,
  args_hash TEXT NOT NULL,
  outcome TEXT,
  PRIMARY KEY (turn_id, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE effects (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  key TEXT NOT NULL UNIQUE,
  turn_id TEXT NOT NULL REFERENCES turns (id),
  node TEXT NOT NULL,
  visit INTEGER NOT NULL,
  name TEXT NOT NULL,
  args TEXT NOT NULL,
  args_hash TEXT NOT NULL,
  policy TEXT NOT NULL CHECK (policy IN ('idempotent', 'at-most-once')),
  natural_key TEXT,
  state TEXT NOT NULL CHECK (state IN ('intent', 'done', 'no', 'unavailable', 'uncertain')),
  outcome TEXT,
  attempts INTEGER NOT NULL,
  started_at INTEGER NOT NULL,
  settled_at INTEGER
) STRICT;
CREATE INDEX effects_natural ON effects (name, natural_key) WHERE natural_key IS NOT NULL;
CREATE INDEX effects_turn ON effects (turn_id);
CREATE INDEX effects_unsettled ON effects (state) WHERE state IN ('intent', 'uncertain');

CREATE TABLE messages (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  conversation_id TEXT NOT NULL REFERENCES conversations,
  session_id TEXT REFERENCES sessions (id),
  turn_id TEXT NOT NULL REFERENCES turns (id),
  author TEXT NOT NULL CHECK (author IN ('customer', 'business')),
  content TEXT NOT NULL,
  at INTEGER NOT NULL
) STRICT;
CREATE INDEX messages_conversation ON messages (conversation_id, seq);
CREATE INDEX messages_session ON messages (session_id, seq);

CREATE TABLE outbox (
  seq INTEGER PRIMARY KEY REFERENCES messages,
  key TEXT NOT NULL UNIQUE,
  conversation_id TEXT NOT NULL REFERENCES conversations,
  channel TEXT NOT NULL,
  alias TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('pending', 'sending', 'delivered', 'dead')),
  attempts INTEGER NOT NULL DEFAULT 0,
  due_at INTEGER NOT NULL,
  provider_id TEXT,
  error TEXT,
  settled_at INTEGER
) STRICT;
CREATE INDEX outbox_open ON outbox (conversation_id, seq) WHERE state IN ('pending', 'sending');
CREATE INDEX outbox_dead ON outbox (seq) WHERE state = 'dead';

CREATE TABLE traces (
  turn_id TEXT PRIMARY KEY REFERENCES turns (id),
  events TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE usage (
  turn_id TEXT NOT NULL REFERENCES turns (id),
  provider TEXT NOT NULL,
  model TEXT NOT NULL,
  purpose TEXT NOT NULL,
  input_tokens INTEGER NOT NULL,
  output_tokens INTEGER NOT NULL,
  at INTEGER NOT NULL
) STRICT;

CREATE TABLE handoffs (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  turn_id TEXT NOT NULL REFERENCES turns (id),
  session_id TEXT REFERENCES sessions (id),
  contact_id TEXT NOT NULL REFERENCES contacts,
  conversation_id TEXT NOT NULL REFERENCES conversations,
  reason TEXT NOT NULL,
  summary TEXT NOT NULL,
  data TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX handoffs_session ON handoffs (session_id);

CREATE TABLE trees (
  hash TEXT PRIMARY KEY,
  tree TEXT NOT NULL,
  saved_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
`
