import { Fault, type ConnectorBinding, type OperationManifest } from '@copse/contracts'
import { connectorTypes } from './known.ts'

export interface Catalogued {
  operation: OperationManifest
  /** Name of the binding that performs it. */
  connector: string
}

/** Every operation that these bindings offer, by name. Authors name operations alone, so a name is offered once. */
export function catalogueOf(bindings: readonly ConnectorBinding[]): ReadonlyMap<string, Catalogued> {
  const catalogue = new Map<string, Catalogued>()
  for (const { name: connector, type, operations } of bindings) {
    const own = connectorTypes.find((known) => known.type === type)?.operations ?? []
    for (const operation of [...own, ...operations]) {
      const taken = catalogue.get(operation.name)
      if (taken) {
        const detail = `The operation "${operation.name}" is offered by both ${taken.connector} and ${connector}.`
        throw new Fault('config_invalid', { detail })
      }
      catalogue.set(operation.name, { operation, connector })
    }
  }
  return catalogue
}
