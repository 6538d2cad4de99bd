import { Fault, type Connector, type ConnectorBinding } from '@copse/contracts'
import { factories } from './all.ts'
import { checkBinding } from './check.ts'

/** Builds what a binding describes. Wrap it in `guarded()` before anybody calls it. */
export function createConnector(binding: ConnectorBinding, options: { secret?: string | undefined } = {}): Connector {
  const problems = checkBinding(binding)
  if (problems.length > 0) throw new Fault('config_invalid', { detail: problems.join('\n') })
  const factory = factories[binding.type]
  if (!factory) throw new Fault('internal', { detail: `The connector type "${binding.type}" cannot be built.` })
  return factory(binding, options)
}
