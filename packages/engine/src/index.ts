/**
 * engine: a behaviour tree, compiled once and shared by every session of its version. A session is a snapshot; a turn
 * carries it from one rest to the next. Pure: clock, chance, ids, effects and conditions are given. It knows no store,
 * no language model and no customer.
 */
export * from './spec.ts'
export * from './status.ts'
export * from './journal.ts'
export * from './snapshot.ts'
export * from './events.ts'
export * from './definition.ts'
