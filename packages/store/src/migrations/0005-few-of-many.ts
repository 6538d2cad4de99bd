/** What is looked for among very many rows, and few of them are: counted for the status, or planned anew. */
export const fewOfMany = `
CREATE INDEX outbox_dropped ON outbox (seq) WHERE state = 'dropped';
CREATE INDEX notices_dead ON notices (seq) WHERE state = 'dead';
CREATE INDEX timers_recurring ON timers (due_at) WHERE state = 'waiting' AND schedule IS NOT NULL;
`
