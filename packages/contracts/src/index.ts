/**
 * contracts: the shapes that rooms share. Wire shapes, the fault catalogue, manifests of operations, leaves and
 * channel limits as data, and the ports that more than one room speaks. It does nothing: no I/O, no clock.
 * It is not a place for code that two rooms happen to need.
 */
export * from './json.ts'
export * from './ports.ts'
export * from './metrics.ts'
export * from './faults.ts'
export * from './diagnostics.ts'
export * from './operations.ts'
export * from './leaves.ts'
export * from './inbound.ts'
export * from './channel.ts'
export * from './webhook.ts'
export * from './timers.ts'
export * from './knowledge.ts'
export * from './delivery.ts'
export * from './care.ts'
export * from './notices.ts'
export * from './memory.ts'
export * from './turn.ts'
export * from './release.ts'
export * from './store.ts'
export * from './views.ts'
export * from './recording.ts'
