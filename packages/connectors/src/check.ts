import type { ConnectorBinding } from '@copse/contracts'
import { connectorTypes } from './known.ts'
import type { TenantFacts } from './type.ts'

/** Everything wrong with the secret of a binding, one sentence each, none of which shows it. */
export function checkSecret(binding: ConnectorBinding, secret: string): string[] {
  const shape = connectorTypes.find((known) => known.type === binding.type)?.credential
  return (shape?.safeParse(secret).error?.issues ?? []).map(
    ({ message }) => `connector ${binding.name}, credential ${binding.credential ?? ''}: ${message}`,
  )
}

/** As `checkBinding`, for one that is not released yet. */
export function checkNewBinding(binding: ConnectorBinding, tenant?: TenantFacts): string[] {
  const problems = checkBinding(binding, tenant)
  if (problems.length > 0) return problems
  const type = connectorTypes.find((known) => known.type === binding.type)
  return (type?.regrets?.(binding.config) ?? []).map((regret) => `connector ${binding.name}, ${regret}`)
}

/** Everything wrong with a binding, one sentence each; empty when a connector can be built of it, for this tenant. */
export function checkBinding(binding: ConnectorBinding, tenant?: TenantFacts): string[] {
  const type = connectorTypes.find((known) => known.type === binding.type)
  const place = `connector ${binding.name}`
  if (!type) {
    const known = connectorTypes.map((each) => each.type).join(', ')
    return [`${place}: no type is called "${binding.type}". There is ${known}.`]
  }
  const config = type.config.safeParse(binding.config)
  return [
    ...(config.error?.issues ?? []).map(
      ({ path, message }) => `${place}, ${['config', ...path].join('.')}: ${message}`,
    ),
    ...(config.success && tenant ? (type.misses?.(config.data, tenant) ?? []) : []).map((miss) => `${place}, ${miss}`),
    ...binding.operations.flatMap((operation) =>
      type.faults(operation).map((fault) => `${place}, operation ${operation.name}, ${fault}`),
    ),
  ]
}
