/**
 * engine: a behaviour tree, compiled once and shared by every session of its version. A session is a snapshot; a turn
 * carries it from one rest to the next. Pure: clock, chance, ids, effects and conditions are given. It knows no store,
 * no language model and no customer.
 */
export { nodeSpec, treeSpec, type Json, type NodeSpec, type TreeSpec } from './spec.ts'
export * from './status.ts'
export * from './journal.ts'
export * from './snapshot.ts'
export type { HaltReason, Subscriber, TraceEvent } from './events.ts'
export * from './definition.ts'
export { EngineFault, TreeError, type EngineFaultCode, type TreeFault } from './faults.ts'
export { treeHash } from './hash.ts'
export { createRegistry, defineNode, type Registry } from './registry.ts'
export { compile, type CompileOptions } from './compile.ts'
export type { Tree } from './tree.ts'
export { advance, cancel, type Advance } from './advance.ts'
export { describe } from './describe.ts'
export type { FailureNote, SessionFault, TurnContext } from './turn.ts'
export { nodes } from './nodes/all.ts'
