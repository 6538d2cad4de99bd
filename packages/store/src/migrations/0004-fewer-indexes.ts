/**
 * Every index is a page that each commit writes. These served what happens once a night or once in a life: it walks the
 * rows in the order they came in, or goes by the contact's turns.
 */
export const fewerIndexes = `
DROP INDEX dedupe_contact;
DROP INDEX inbox_contact;
DROP INDEX turns_age;
DROP INDEX sessions_age;
DROP INDEX sessions_contact;
DROP INDEX effects_age;
DROP INDEX timers_age;
DROP INDEX timers_contact;
DROP INDEX timers_of_contact;
`
