import type { Connector, EffectOutcome, JsonObject, OperationManifest } from '@copse/contracts'

/** Every operation that this tenant's connectors offer, by name. */
export interface Operations {
  manifest(name: string): OperationManifest | undefined
  call(name: string, args: JsonObject, idempotencyKey: string, signal: AbortSignal): Promise<EffectOutcome>
}

export function createOperations(connectors: readonly Connector[]): Operations {
  const byName = new Map<string, { manifest: OperationManifest; connector: Connector }>()
  for (const connector of connectors) {
    for (const manifest of connector.operations) byName.set(manifest.name, { manifest, connector })
  }
  return {
    manifest: (name) => byName.get(name)?.manifest,
    async call(name, args, idempotencyKey, signal) {
      const found = byName.get(name)
      if (!found) return { status: 'unavailable', code: 'operation_unknown', reason: `No connector offers ${name}.` }
      return found.connector.call({ operation: found.manifest, args, idempotencyKey, signal })
    },
  }
}
