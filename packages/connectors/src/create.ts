import { Fault, type Connector, type ConnectorBinding } from '@copse/contracts'
import { factories } from './all.ts'
import { checkBinding } from './check.ts'
import type { Surroundings } from './surroundings.ts'

/** Builds what a binding describes. Wrap it in `guarded()` before anybody calls it. */
export function createConnector(binding: ConnectorBinding, given: Surroundings = {}): Connector {
  const problems = checkBinding(binding, { hasHours: given.tenant?.hours !== undefined })
  if (problems.length > 0) throw new Fault('config_invalid', { detail: problems.join('\n') })
  const factory = factories[binding.type]
  if (!factory) throw new Fault('internal', { detail: `The connector type "${binding.type}" cannot be built.` })
  return factory(binding, given)
}
