/**
 * engine: a behaviour tree, compiled once and shared by every session of its version. A session is a snapshot; a turn
 * carries it from one rest to the next. Pure: clock, chance, ids, effects and conditions are given. It knows no store,
 * no language model and no customer.
 *
 * tree/ spec to tables · run/ a session, turn by turn · nodes/ what a tree is made of · watch/ for people
 */
export type { Json } from './tree/json.ts'
export { nodeSpec, treeSpec, type NodeSpec, type SubtreeSpec, type TreeSpec } from './tree/spec.ts'
export type { Fields, FieldType } from './tree/fields.ts'
export * from './tree/status.ts'
export * from './run/journal.ts'
export * from './run/snapshot.ts'
export type { HaltReason, Subscriber, TraceEvent } from './run/events.ts'
export * from './tree/definition.ts'
export { EngineFault, TreeError, type EngineFaultCode, type TreeFault } from './tree/faults.ts'
export { treeJsonSchema } from './tree/json-schema.ts'
export { treeHash } from './tree/hash.ts'
export { createRegistry, defineNode, defineParent, type Registry } from './tree/registry.ts'
export { compile } from './tree/compile.ts'
export { build, freeze, type FrozenTree } from './tree/freeze.ts'
export type { CompileOptions } from './tree/layout.ts'
export type { Tree } from './tree/tree.ts'
export { advance, cancel, open, type Advance, type LiveRun } from './run/advance.ts'
export { migrate, MigrationRefused, planMigration } from './migrate/migrate.ts'
export type { Plan } from './migrate/plan.ts'
export type { Renames } from './migrate/renames.ts'
export { describe } from './watch/describe.ts'
export { liveView, type LiveView, type ViewJson, type ViewStart } from './watch/live-view.ts'
export { mermaid } from './watch/mermaid.ts'
export type { NodeStanding, NodeStatus, Standing } from './watch/standing.ts'
export { traceHash } from './watch/trace-hash.ts'
export { traceStore, type TraceLimits, type TraceStore, type TurnTrace } from './watch/trace-store.ts'
export type { NodeView } from './watch/viewed-nodes.ts'
export type { Shelf } from './run/shelf.ts'
export type { Budgets, SessionFault, TurnContext } from './run/turn.ts'
export { nodes } from './nodes/all.ts'
