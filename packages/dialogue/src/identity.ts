import { digest, readPath, type JsonObject, type Turn } from '@copse/contracts'
import type { TurnScope } from './turn-scope.ts'

/**
 * Who the customer is: the tenant's one identity operation, asked with the verified channel alias. Never the body of a
 * request. Undefined fields mean not known; unreachable is remembered, so that a call can say so.
 */
export async function identify(
  turn: Turn,
  scope: TurnScope,
  operationName: string | undefined,
): Promise<{ customerId?: string; cells: JsonObject }> {
  const operation = operationName === undefined ? undefined : scope.operations.manifest(operationName)
  // Once known it is asked again only where a session begins, for what else the business says of the customer.
  const settled = scope.customerId !== undefined && scope.input?.opening !== true
  if (!operation?.identity || settled) return { cells: {} }
  const args = { alias: turn.contact.alias, channel: turn.channel }
  const key = digest([turn.contact.id, 'identity', operation.name, turn.id])
  const outcome = await turn.journal.effect(
    { key, node: 'identity', visit: 0, name: operation.name, args, policy: 'read' },
    (idempotencyKey, signal) => scope.operations.call(operation.name, args, idempotencyKey, signal),
  )
  if (outcome.status === 'unavailable')
    scope.identityUnavailable = `${operation.name} is unavailable, ${outcome.code}: ${outcome.reason}`
  if (outcome.status !== 'ok') return { cells: {} }
  const { data } = outcome
  const cells: JsonObject = {}
  for (const { field, from } of operation.writes) {
    const value = readPath(data, from)
    if (value !== undefined && value !== null) cells[field] = value
  }
  const customerId = cells['customer_id']
  // Who is bound stays bound: a later answer never makes somebody else of them.
  if (scope.customerId !== undefined || typeof customerId !== 'string') return { cells }
  scope.customerId = customerId
  return { customerId, cells }
}
