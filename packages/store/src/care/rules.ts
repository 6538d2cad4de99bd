/** What must hold in every store at every moment, beside what its constraints say. A row that is found breaks it. */
export interface Rule {
  says: string
  /** Finds ids of what breaks it. */
  sql: string
  /** How many migrations the tables have that it looks at; absent: the first made them all. */
  since?: number
}

export const rules: readonly Rule[] = [
  {
    says: 'A handled message belongs to a committed turn',
    sql: `SELECT i.id FROM inbox i LEFT JOIN turns t ON t.id = i.turn_id
          WHERE i.state = 'done' AND t.state IS NOT 'committed'`,
  },
  {
    says: 'A dead message belongs to a dead turn',
    sql: `SELECT i.id FROM inbox i LEFT JOIN turns t ON t.id = i.turn_id WHERE i.state = 'dead' AND t.state IS NOT 'dead'`,
  },
  {
    says: 'An open turn works on pending messages of its own contact',
    sql: `SELECT t.id FROM turns t WHERE t.state = 'open' AND (
            NOT EXISTS (SELECT 1 FROM inbox i WHERE i.turn_id = t.id)
            OR EXISTS (SELECT 1 FROM inbox i WHERE i.turn_id = t.id
                       AND (i.state <> 'pending' OR i.contact_id <> t.contact_id)))`,
  },
  {
    says: 'A contact has one open turn',
    sql: `SELECT contact_id FROM turns WHERE state = 'open' GROUP BY contact_id HAVING count(*) > 1`,
  },
  {
    says: 'A settled turn says when it was settled',
    sql: `SELECT id FROM turns WHERE state <> 'open' AND settled_at IS NULL`,
  },
  {
    // What a person says by hand is a turn that answers nothing.
    says: 'A handled message has its answer',
    sql: `SELECT i.id FROM inbox i JOIN turns t ON t.id = i.turn_id WHERE i.state <> 'pending' AND t.reply IS NULL`,
  },
  {
    // A turn may leave its session as it was: so not more, rather than as many.
    says: 'A session was not changed more often than it had turns',
    sql: `SELECT s.id FROM sessions s WHERE s.revision < 1 OR s.revision >
            (SELECT count(*) FROM turns t WHERE t.session_id = s.id AND t.state <> 'open')`,
  },
  {
    says: 'Every message to send is what the business said in that conversation',
    sql: `SELECT o.seq FROM outbox o LEFT JOIN messages m ON m.seq = o.seq
          WHERE m.author IS NOT 'business' OR m.conversation_id IS NOT o.conversation_id`,
  },
  {
    says: 'An effect under way belongs to an open turn',
    sql: `SELECT e.key FROM effects e LEFT JOIN turns t ON t.id = e.turn_id
          WHERE e.state = 'intent' AND t.state IS NOT 'open'`,
  },
  {
    says: 'An effect that was done, or was not, says what came of it',
    sql: `SELECT key FROM effects WHERE state IN ('done', 'no', 'unavailable') AND (outcome IS NULL OR settled_at IS NULL)`,
  },
  {
    says: 'One thing was done once',
    sql: `SELECT name || ' ' || natural_key FROM effects WHERE natural_key IS NOT NULL AND state = 'done'
          GROUP BY name, natural_key HAVING count(*) > 1`,
  },
  {
    says: 'An occurrence of a timer came once',
    sql: `SELECT json_extract(event, '$.messageId') AS id FROM inbox
          WHERE json_extract(event, '$.kind') = 'timer' AND id <> '' GROUP BY channel, id HAVING count(*) > 1`,
  },
  {
    says: 'Nothing is left of who was forgotten',
    since: 2,
    sql: `SELECT c.id FROM contacts c WHERE c.forgotten_at IS NOT NULL AND (
            c.name IS NOT NULL OR c.customer_id IS NOT NULL
            OR EXISTS (SELECT 1 FROM aliases a WHERE a.contact_id = c.id)
            OR EXISTS (SELECT 1 FROM memories m WHERE m.contact_id = c.id)
            OR EXISTS (SELECT 1 FROM inbox i WHERE i.contact_id = c.id AND i.state = 'pending'))`,
  },
]
