import type { JsonObject } from '@copse/contracts'
import type { FlowContext } from './context.ts'

export type Services = Record<string, JsonObject>

/** A mapping by name, or a list whose members have an `id`. */
export function readServices(
  given: Services | ({ id: string } & JsonObject)[] | null | undefined,
  context: FlowContext,
): Services {
  const services = Array.isArray(given)
    ? Object.fromEntries(given.map(({ id, ...properties }) => [id, properties]))
    : (given ?? {})
  for (const property of Object.values(services).flatMap(Object.keys)) context.writes(`service_${property}`)
  return services
}
