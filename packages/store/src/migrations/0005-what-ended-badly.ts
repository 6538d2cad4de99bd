/** Counted whenever somebody looks how things stand, and few of very many rows. */
export const whatEndedBadly = `
CREATE INDEX outbox_dropped ON outbox (seq) WHERE state = 'dropped';
CREATE INDEX notices_dead ON notices (seq) WHERE state = 'dead';
`
