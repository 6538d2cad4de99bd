/**
 * connectors: outside systems behind operations. Adapters speak to one kind of system each; `guarded()` gives every
 * one of them timeout, breaker and repeated reads. It knows no tree, no ledger and no session: whether a write is
 * repeated is decided elsewhere.
 */
export { createConnector } from './create.ts'
export { keptBeside, keptFolders, keptIn, restoreKept, type KeptFile } from './kept.ts'
export { createHttpConnector, type HttpConnectorOptions } from './http/connector.ts'
export type { BreakerState } from './breaker.ts'
export { guarded, type GuardEvent, type GuardOptions } from './guarded.ts'
export { catalogueOf, checkBinding, connectorTypes, type Catalogued, type ConnectorType } from './manifests.ts'
