/** What looking after the data needs: when it was restored, and finding what is old without reading what is not. */
export const care = `
-- A backup was put in place of newer data at this time; null: never, or nothing was lost by it.
ALTER TABLE meta ADD COLUMN restored_at INTEGER;
-- Until then a new write on a thing that the backup does not know may have been done already.
ALTER TABLE meta ADD COLUMN doubt_until INTEGER;

CREATE INDEX effects_age ON effects (settled_at);
CREATE INDEX usage_age ON usage (at);
CREATE INDEX usage_turn ON usage (turn_id);
CREATE INDEX receipts_age ON receipts (at);
CREATE INDEX timers_age ON timers (settled_at) WHERE state <> 'waiting';
CREATE INDEX messages_turn ON messages (turn_id);
CREATE INDEX handoffs_turn ON handoffs (turn_id);
CREATE INDEX handoffs_contact ON handoffs (contact_id);
CREATE INDEX notices_handoff ON notices (handoff_id);
CREATE INDEX turns_contact ON turns (contact_id);
CREATE INDEX inbox_contact ON inbox (contact_id);
CREATE INDEX dedupe_contact ON dedupe (contact_id);
CREATE INDEX aliases_contact ON aliases (contact_id);
CREATE INDEX timers_of_contact ON timers (contact_id);
`
