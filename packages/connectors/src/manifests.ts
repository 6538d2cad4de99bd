/**
 * What authoring and the control plane need of connectors, as data: no I/O is loaded from here.
 */
export { catalogueOf, type Catalogued } from './catalogue.ts'
export { checkBinding, checkNewBinding, checkSecret } from './check.ts'
export { connectorTypes } from './known.ts'
export type { ConnectorType } from './type.ts'
