/**
 * lane: the durable turn. An event is appended, becomes a turn of its contact, is handled once, and commits once, with
 * its messages in the outbox. It owns the effect ledger's rules and the outbox; it knows no tree, no model and no
 * procedure: what a turn means is the `handle` it is given.
 */
export { openLane, type Lane, type LaneOptions, type News } from './lane.ts'
export type { Submitted } from './intake.ts'
export type { BreakerState } from './breaker.ts'
export { defaultLimits, type LaneLimits } from './limits.ts'
export type { People } from './people.ts'
export type { StandingSchedule } from './standing.ts'
export type { LanePoint, Probe } from './probe.ts'
