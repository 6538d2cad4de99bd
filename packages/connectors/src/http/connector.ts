import { Fault, type Connector, type OperationManifest } from '@copse/contracts'
import { exchange } from './exchange.ts'
import { httpWire, type HttpConfigInput } from './manifest.ts'
import { outcomeOf } from './outcome.ts'
import { buildRequest } from './request.ts'

export interface HttpConnectorOptions {
  name: string
  config: HttpConfigInput
  /** Sent as a bearer token. */
  secret?: string | undefined
  operations: readonly OperationManifest[]
}

/**
 * Operations over JSON and HTTP, as their `wire` says. It never retries or times out: `guarded()` does.
 * The base URL is set by operators, who may point it anywhere they can reach; should tenants ever set it themselves,
 * private and link-local addresses must be refused here, after the name is resolved.
 */
export function createHttpConnector({ name, config, secret, operations }: HttpConnectorOptions): Connector {
  const wires = new Map(operations.map((operation) => [operation.name, httpWire.parse(operation.wire)]))
  const headers = { ...config.headers, ...(secret === undefined ? {} : { authorization: `Bearer ${secret}` }) }
  return {
    name,
    operations,
    async call({ operation, args, idempotencyKey, signal }) {
      const wire = wires.get(operation.name)
      if (!wire) throw new Fault('operation_unknown', { detail: `${name} does not offer ${operation.name}.` })
      const request = buildRequest(wire, args, {
        baseUrl: config.baseUrl,
        headers: { ...headers, 'idempotency-key': idempotencyKey },
      })
      if (typeof request === 'string') return { status: 'no', code: 'argument_invalid', reason: request }
      return outcomeOf(await exchange(request, signal), operation.effect)
    },
    async close() {},
  }
}
