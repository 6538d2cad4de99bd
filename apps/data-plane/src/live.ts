import {
  Fault,
  type Bundle,
  type Channel,
  type Clock,
  type Connector,
  type HandoffRules,
  type Logger,
  type Meter,
  type Notifier,
  type Store,
} from '@copse/contracts'
import { createChannels } from '@copse/channels'
import { createConnector, guarded, type BreakerState, type GuardEvent } from '@copse/connectors'
import { buildTree, createOperations, type Active } from '@copse/dialogue'
import { bounded, createProvider, metered } from '@copse/llm'
import { createNotifiers } from '@copse/notify'
import { rulesOf } from './handoff-rules.ts'

/** The release that new sessions begin on. */
export interface Live {
  active: () => Active
  /** By name; those of the release beside our own. */
  channels: () => ReadonlyMap<string, Channel>
  /** Where the tenant's own people are reached. */
  notifiers: () => readonly Notifier[]
  /** Undefined: the tenant says nothing of handoffs. */
  handoffRules: () => HandoffRules | undefined
  /** Of its connectors, by name. */
  breakers: () => ReadonlyMap<string, BreakerState>
  /** Checks operator tokens. */
  operatorKey: () => string | undefined
  /** Takes a bundle whole, or throws and leaves everything as it was. */
  use: (bundle: Bundle) => Promise<void>
  close: () => Promise<void>
}

interface Assembled {
  active: Active
  connectors: Connector[]
  breakers: Map<string, BreakerState>
  channels: ReadonlyMap<string, Channel>
  notifiers: Notifier[]
  handoffRules: HandoffRules | undefined
  operatorKey: string | undefined
}

interface LiveOptions {
  store: Store
  clock: Clock
  logger: Logger
  meter: Meter
  /** A turn holds on to the connectors that it began with; none takes longer than this. */
  turnMs: number
}

const observeCalls =
  (meter: Meter, breakers: Map<string, BreakerState>) =>
  (event: GuardEvent): void => {
    const { connector } = event
    if (event.kind === 'breaker') {
      breakers.set(connector, event.state)
      return meter.count('connector_breaker_total', 1, { connector, state: event.state })
    }
    const labels = { connector, operation: event.operation }
    meter.count('connector_calls_total', 1, { ...labels, status: event.status })
    meter.observe('connector_call_ms', event.durationMs, labels)
  }

export function createLive({ store, clock, logger, meter, turnMs }: LiveOptions): Live {
  let current: Assembled | undefined

  async function assemble({ release, credentials, operatorKey }: Bundle): Promise<Assembled> {
    const channels = await createChannels(release.channels, credentials, clock)
    const secret = (name: string | undefined): string | undefined =>
      name === undefined ? undefined : credentials[name]
    const { handoffs } = release.tenant.profile
    const notifiers = createNotifiers(handoffs, { secret: secret(handoffs?.credential), clock })
    const handoffRules = handoffs && rulesOf(handoffs, notifiers.length > 0)
    for (const { tree, treeHash } of release.procedures) {
      // Built once to see that it can be; stored so that a session finds it by hash, whatever is released later.
      buildTree(tree)
      await store.saveTree(treeHash, tree)
    }
    const model = createProvider(release.model, { secret: secret(release.model.credential) })
    const breakers = new Map<string, BreakerState>(release.connectors.map(({ name }) => [name, 'closed']))
    const connectors = release.connectors.map((binding) =>
      guarded(createConnector(binding, { secret: secret(binding.credential) }), {
        clock,
        observe: observeCalls(meter, breakers),
      }),
    )
    const active = {
      release,
      operations: createOperations(connectors),
      model: metered(bounded(model), { meter, clock, usdPerMillion: release.model.usdPerMillion }),
    }
    return { active, connectors, breakers, channels, notifiers, handoffRules, operatorKey }
  }

  const closeAll = (connectors: readonly Connector[]): Promise<void> =>
    Promise.all(connectors.map((connector) => connector.close())).then(
      () => {},
      (error: unknown) => logger.warn({ error }, 'a connector did not close'),
    )

  return {
    active() {
      if (!current) throw new Fault('not_ready', { detail: 'No release is loaded.' })
      return current.active
    },
    channels: () => current?.channels ?? new Map(),
    handoffRules: () => current?.handoffRules,
    notifiers: () => current?.notifiers ?? [],
    breakers: () => current?.breakers ?? new Map(),
    operatorKey: () => current?.operatorKey,
    async use(bundle) {
      const next = await assemble(bundle)
      const last = current
      current = next
      if (last) setTimeout(() => void closeAll(last.connectors), turnMs).unref()
    },
    close: async () => current && closeAll(current.connectors),
  }
}
