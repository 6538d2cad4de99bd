/**
 * studio: what an author does with a procedure. So far: scripted conversations (scenarios) played against the real
 * dialogue in milliseconds. It has no store and no server; the outside is given as connectors.
 */
export { parseScenarios } from './parse-scenarios.ts'
export { playScenario, type Played, type PlayedTurn, type World } from './play.ts'
export type { Scenario } from './scenario.ts'
