import {
  defaultTokensPerMonth,
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
import { buildTree, createKnowledge, createOperations, createTokenCounter, type Active } from '@copse/dialogue'
import { bounded, createProvider, metered } from '@copse/llm'
import { createNotifiers } from '@copse/notify'
import { keepRelease } from '@copse/store'
import { openingHoursOf } from '@copse/time'
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
  /** The data folder, for connectors that keep something themselves, and for the releases that turns stood on. */
  folder: string
  dev: boolean
  clock: Clock
  logger: Logger
  meter: Meter
  /** A turn holds on to the connectors that it began with; none takes longer than this. */
  turnMs: number
}

const observeCalls =
  (meter: Meter, logger: Logger, breakers: Map<string, BreakerState>) =>
  (event: GuardEvent): void => {
    const { connector } = event
    if (event.kind === 'breaker') {
      breakers.set(connector, event.state)
      logger.warn({ connector, state: event.state }, 'the breaker of a connector changed')
      return meter.count('connector_breaker_total', 1, { connector, state: event.state })
    }
    const labels = { connector, operation: event.operation }
    meter.count('connector_calls_total', 1, { ...labels, status: event.status })
    meter.observe('connector_call_ms', event.durationMs, labels)
  }

export function createLive({ store, folder, dev, clock, logger, meter, turnMs }: LiveOptions): Live {
  let current: Assembled | undefined
  const tokensOf = createTokenCounter({ store, clock })

  async function assemble({ release, credentials, operatorKey }: Bundle): Promise<Assembled> {
    const channels = await createChannels(release.channels, credentials, clock)
    const secret = (name: string | undefined): string | undefined =>
      name === undefined ? undefined : credentials[name]
    const { handoffs, timeZone, languages, knowledge } = release.tenant.profile
    const notifiers = createNotifiers(handoffs, { secret: secret(handoffs?.credential), clock, timeZone })
    const hours = openingHoursOf(release.tenant.profile)
    const handoffRules = handoffs && rulesOf(handoffs, { notify: notifiers.length > 0, hours, zone: timeZone })
    for (const { tree, treeHash } of release.procedures) {
      // Built once, before it is stored, to see that it can be; a session finds it by hash, whatever is released later.
      if ((await store.loadTree(treeHash)) !== undefined) continue
      buildTree(tree)
      await store.saveTree(treeHash, tree)
    }
    const model = metered(bounded(createProvider(release.model, { secret: secret(release.model.credential) })), {
      meter,
      clock,
      usdPerMillion: release.model.usdPerMillion,
    })
    const breakers = new Map<string, BreakerState>(release.connectors.map(({ name }) => [name, 'closed']))
    const tenant = { timeZone, language: languages[0] ?? 'en', hours }
    const connectors = release.connectors.map((binding) =>
      guarded(createConnector(binding, { secret: secret(binding.credential), folder, clock, tenant }), {
        clock,
        observe: observeCalls(meter, logger, breakers),
      }),
    )
    const active = {
      release,
      operations: createOperations(connectors),
      hours,
      model,
      knowledge: createKnowledge({
        document: release.knowledge?.text ?? '',
        model,
        quota: tokensOf(knowledge?.tokensPerMonth ?? defaultTokensPerMonth, timeZone),
        meter,
      }),
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
      keepRelease(folder, { usedAt: clock.now(), dev, release: bundle.release })
      const last = current
      current = next
      if (last) setTimeout(() => void closeAll(last.connectors), turnMs).unref()
    },
    close: async () => current && closeAll(current.connectors),
  }
}
