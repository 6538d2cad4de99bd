-- `x_days_ago` and `x_minutes_ago` are read as `x`, counted back from now: the seed never grows old.

CREATE TABLE customers (
  customer_id TEXT PRIMARY KEY, name TEXT NOT NULL, email TEXT NOT NULL, phone TEXT NOT NULL,
  account_status TEXT NOT NULL, loyalty_tier TEXT NOT NULL, total_orders INTEGER NOT NULL, member_since TEXT NOT NULL
) STRICT;

CREATE TABLE orders (
  order_id TEXT PRIMARY KEY, customer_id TEXT NOT NULL REFERENCES customers, merchant_name TEXT NOT NULL,
  total REAL NOT NULL, currency TEXT NOT NULL, status TEXT NOT NULL,
  order_date_days_ago INTEGER NOT NULL, delivery_date_days_ago INTEGER,
  payment_method TEXT NOT NULL, shipping_address TEXT NOT NULL
) STRICT;

CREATE TABLE order_items (
  id INTEGER PRIMARY KEY, order_id TEXT NOT NULL REFERENCES orders, name TEXT NOT NULL, sku TEXT NOT NULL,
  qty INTEGER NOT NULL, price REAL NOT NULL
) STRICT;

CREATE TABLE refunds (
  refund_id TEXT PRIMARY KEY, order_id TEXT NOT NULL UNIQUE REFERENCES orders, customer_id TEXT NOT NULL,
  amount REAL NOT NULL, currency TEXT NOT NULL, reason TEXT, idempotency_key TEXT NOT NULL UNIQUE, created_at TEXT NOT NULL
) STRICT;

CREATE TABLE store_credits (
  credit_id TEXT PRIMARY KEY, order_id TEXT NOT NULL UNIQUE REFERENCES orders, customer_id TEXT NOT NULL,
  amount REAL NOT NULL, currency TEXT NOT NULL, code TEXT NOT NULL, valid_until TEXT NOT NULL, reason TEXT,
  idempotency_key TEXT NOT NULL UNIQUE, created_at TEXT NOT NULL
) STRICT;

CREATE TABLE cases (
  case_id TEXT PRIMARY KEY, customer_id TEXT, order_id TEXT, alert_id TEXT, status TEXT NOT NULL, notes TEXT,
  created_at TEXT NOT NULL, updated_at TEXT NOT NULL
) STRICT;

CREATE TABLE escalations (
  escalation_id TEXT PRIMARY KEY, case_id TEXT NOT NULL UNIQUE REFERENCES cases, reason TEXT, priority TEXT NOT NULL,
  created_at TEXT NOT NULL
) STRICT;

CREATE TABLE case_notes (
  note_id TEXT PRIMARY KEY, case_id TEXT NOT NULL REFERENCES cases, note TEXT NOT NULL, created_at TEXT NOT NULL
) STRICT;

CREATE TABLE accounts (
  account_id TEXT PRIMARY KEY, customer_name TEXT NOT NULL, email TEXT NOT NULL, status TEXT NOT NULL
) STRICT;

CREATE TABLE account_flags (
  flag_id TEXT PRIMARY KEY, account_id TEXT NOT NULL REFERENCES accounts, action TEXT NOT NULL, reason TEXT,
  created_at TEXT NOT NULL
) STRICT;

CREATE TABLE transactions (
  txn_id TEXT PRIMARY KEY, account_id TEXT NOT NULL REFERENCES accounts, amount REAL NOT NULL, merchant TEXT NOT NULL,
  date_minutes_ago INTEGER NOT NULL, location TEXT NOT NULL, is_flagged INTEGER NOT NULL, type TEXT NOT NULL
) STRICT;

CREATE TABLE fraud_alerts (
  alert_id TEXT PRIMARY KEY, type TEXT NOT NULL, severity TEXT NOT NULL, risk_score INTEGER NOT NULL,
  account_id TEXT NOT NULL REFERENCES accounts, triggered_at_minutes_ago INTEGER NOT NULL, description TEXT NOT NULL,
  amount_involved REAL NOT NULL, transactions_flagged INTEGER NOT NULL, status TEXT NOT NULL,
  resolution TEXT, notes TEXT
) STRICT;

CREATE TABLE reports (
  report_id TEXT PRIMARY KEY, alert_id TEXT NOT NULL UNIQUE REFERENCES fraud_alerts, case_id TEXT,
  narrative TEXT NOT NULL, created_at TEXT NOT NULL
) STRICT;

CREATE TABLE devices (
  device_id TEXT PRIMARY KEY, account_id TEXT NOT NULL REFERENCES accounts, type TEXT NOT NULL, os TEXT NOT NULL,
  first_seen_days_ago INTEGER NOT NULL, trusted INTEGER NOT NULL
) STRICT;

CREATE TABLE login_history (
  id INTEGER PRIMARY KEY, account_id TEXT NOT NULL REFERENCES accounts, device TEXT NOT NULL, device_id TEXT NOT NULL,
  location TEXT NOT NULL, timestamp_minutes_ago INTEGER NOT NULL, is_new INTEGER NOT NULL, ip TEXT NOT NULL
) STRICT;

CREATE TABLE risk_indicators (
  id INTEGER PRIMARY KEY, account_id TEXT NOT NULL REFERENCES accounts, indicator TEXT NOT NULL
) STRICT;

CREATE TABLE knowledge_articles (
  article_id TEXT PRIMARY KEY, title TEXT NOT NULL, summary TEXT NOT NULL
) STRICT;

CREATE TABLE visits (
  visit_id TEXT PRIMARY KEY, customer_id TEXT NOT NULL REFERENCES customers, purpose_en TEXT NOT NULL,
  purpose_es TEXT NOT NULL, at_minutes_ago INTEGER NOT NULL, moved_to TEXT, status TEXT NOT NULL,
  missed_before INTEGER NOT NULL
) STRICT;

CREATE TABLE password_resets (
  reset_id TEXT PRIMARY KEY, email TEXT NOT NULL, created_at TEXT NOT NULL
) STRICT;

CREATE TABLE sign_outs (
  sign_out_id TEXT PRIMARY KEY, customer_id TEXT NOT NULL REFERENCES customers, created_at TEXT NOT NULL
) STRICT;

CREATE TABLE leads (
  lead_id TEXT PRIMARY KEY, email TEXT NOT NULL UNIQUE, company TEXT NOT NULL, need TEXT NOT NULL, team_size INTEGER,
  timeline TEXT, grade TEXT NOT NULL, created_at TEXT NOT NULL
) STRICT;

-- What was answered to each Idempotency-Key.
CREATE TABLE answers (
  key TEXT PRIMARY KEY, operation TEXT NOT NULL, arguments TEXT NOT NULL, answer TEXT NOT NULL, created_at TEXT NOT NULL
) STRICT;
