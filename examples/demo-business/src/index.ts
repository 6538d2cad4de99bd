/**
 * demo-business: a small shop and its bank, with orders, refunds, cases and fraud alerts on SQLite behind HTTP. It is
 * an outside system like any other, with a switch that makes it slow, down or cut off. It knows nothing of trees,
 * sessions or tenants, and nothing of Copse depends on it.
 */
export { operations, demoBinding } from './operations.ts'
export { startDemoBusiness, type DemoBusiness, type DemoBusinessOptions } from './start.ts'
export type { Control } from './faults.ts'
