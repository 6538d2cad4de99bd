import path from 'node:path'
import { Fault, privatePortOf, type Bundle, type Clock, type Ids, type Logger } from '@copse/contracts'
import { manifests } from '@copse/channels/manifests'
import { createDialogue, createTrees, phrase } from '@copse/dialogue'
import { createMetrics, listenOrExplain, readProcess } from '@copse/http'
import { defaultLimits, openLane, type Probe } from '@copse/lane'
import { keptReleases, openStore } from '@copse/store'
import type { Boot } from './boot.ts'
import { isLoopback } from './config.ts'
import { createSurface } from './http/surface.ts'
import { createLinks } from './links.ts'
import { createLive } from './live.ts'
import { createNewest, type Newest } from './newest.ts'
import { setStanding } from './standing.ts'
import { readTenant } from './readings.ts'
import { createPeople, languageFor } from './people.ts'
import { withKeptFiles } from './kept-files.ts'
import { keptKey } from './kept-key.ts'
import { upkeep } from './upkeep.ts'

export interface Composition {
  boot: Boot
  /** Reads anew what `boot` was read from. */
  again?: () => Promise<Boot>
  host: string
  port: number
  /** Where the tenant's own people ask; by default on loopback, beside the public port. */
  privateHost?: string | undefined
  privatePort?: number | undefined
  instance: string
  clock: Clock
  ids: Ids
  logger: Logger
  /** Tests only: stops at named points of a turn. */
  probe?: Probe
  /** Tests only: looks more often what the clock says. */
  wakeMs?: number
  answerTimeoutMs?: number
  keepAliveMs?: number
  /** Given: waits for the process that holds the data, until this says stop. */
  standBy?: AbortSignal | undefined
}

export interface DataPlane {
  /** The port that customers and channels reach. */
  port: number
  /** The one for the tenant's own people; the same in development. */
  privatePort: number
  close: () => Promise<void>
}

const drainMs = 8_000

/** A free public port has a free private one. */
const privatePlace = ({ privateHost, privatePort, port }: Composition, taken: number) => ({
  host: privateHost ?? '127.0.0.1',
  port: privatePort ?? (port === 0 ? 0 : privatePortOf(taken)),
})

/** THE wiring of a tenant's process, from the store up to the addresses. */
export async function compose(given: Composition): Promise<DataPlane> {
  const { clock, ids, logger } = given
  const metrics = createMetrics()
  const ownReadings = readProcess()
  metrics.read(ownReadings.read)
  const closing = new AbortController()
  refuseOpenDevelopment(given)

  let hasWaited = false
  const opened = await openStore({
    folder: given.boot.dataPath,
    clock,
    ids,
    meter: metrics,
    ...(given.standBy
      ? {
          standBy: {
            signal: given.standBy,
            onWait() {
              hasWaited = true
              logger.info({ folder: given.boot.dataPath }, 'standing by: another process holds the data')
            },
          },
        }
      : {}),
  })
  const boot = hasWaited ? await latest(given) : given.boot
  const store = withKeptFiles(opened, boot.dataPath, clock)
  const live = createLive({
    store,
    folder: boot.dataPath,
    dev: boot.dev,
    clock,
    logger,
    meter: metrics,
    turnMs: defaultLimits.turnMs + defaultLimits.graceMs,
  })
  const newest = createNewest(live, clock)
  const running = await useFirst(newest, boot, logger)

  const linkKey = await keptKey(boot.dataPath, 'link')
  let ownPort = given.port
  const links = createLinks({
    key: linkKey,
    // Of a tenant that does not say where it is reached: for people at this machine.
    publicUrl: () => live.active().release.tenant.profile.publicUrl ?? `http://${given.host}:${ownPort}`,
  })

  const dialogue = createDialogue({
    active: live.active,
    trees: createTrees(store),
    links,
    limits: (channel) => live.channels().get(channel)?.limits ?? manifests.api,
    logger,
    dev: boot.dev,
  })
  const backups = path.join(boot.dataPath, 'backups')
  const { id: tenantId, profile } = live.active().release.tenant
  const lane = await openLane({
    store,
    handle: dialogue.handle,
    channels: live.channels,
    people: createPeople({ live, links }),
    clock,
    ids,
    logger,
    meter: metrics,
    standing: boot.dev ? [] : upkeep({ store, backups, tenantId, zone: profile.timeZone, clock, logger }),
    ...(given.probe ? { probe: given.probe } : {}),
    ...(given.wakeMs === undefined ? {} : { limits: { wakeMs: given.wakeMs } }),
  })
  const silence = () => boot.silence?.() ?? null
  metrics.read(() => readTenant({ store, backups, lane, live, clock, silence }))

  const take = async (bundle: Bundle): Promise<void> => {
    await newest.use(bundle)
    lane.channelsChanged()
    await setStanding(live.active().release, lane)
  }
  await setStanding(live.active().release, lane)

  const { reload } = boot
  const surface = createSurface({
    lane,
    store,
    backups,
    channels: live.channels,
    connectors: live.breakers,
    release: () => live.active().release,
    keptReleases: () => keptReleases(boot.dataPath),
    refused: newest.refused,
    silence,
    reload:
      reload &&
      (async () => {
        const next = await reload().catch((error: unknown) => {
          newest.refuse(error)
          throw error
        })
        await take(next)
        return live.active().release
      }),
    dev: boot.dev,
    instance: given.instance,
    startedAt: clock.now(),
    clock,
    ids,
    logger,
    metrics,
    visitorKey: await keptKey(boot.dataPath, 'visitor'),
    linkKey,
    givenBack: (language) => ({ text: phrase('given_back', languageFor(live, language)) }),
    operatorToken: boot.operatorToken,
    operatorKey: live.operatorKey,
    answerTimeoutMs: given.answerTimeoutMs ?? 25_000,
    keepAliveMs: given.keepAliveMs ?? 15_000,
    closing: closing.signal,
  })
  const port = await listenOrExplain(surface.open, given)
  ownPort = port
  const privatePort =
    surface.closed === surface.open ? port : await listenOrExplain(surface.closed, privatePlace(given, port))
  const stopWatching = boot.watch(running, take, newest.refuse)

  const servers = new Set([surface.open, surface.closed])

  return {
    port,
    privatePort,
    // Outside in: no new requests, no new turns, then what they stood on.
    async close() {
      closing.abort()
      // A control plane that hangs takes none of the time that turns have to finish.
      const unwatched = stopWatching()
      const closed = Promise.all([...servers].map((server) => server.close()))
      await lane.drain(drainMs)
      // Whoever still waits for an answer asks again with the same message id.
      for (const { server } of servers) server.closeAllConnections()
      await Promise.all([closed, unwatched])
      await live.close()
      await store.close()
      ownReadings.stop()
    },
  }
}

/** Who stood by has read what there was then: the process before may have taken newer since, and kept it. */
async function latest({ boot, again, logger }: Composition): Promise<Boot> {
  try {
    return (await again?.()) ?? boot
  } catch (error) {
    logger.error({ error }, 'what is newest cannot be read; started with what there was before the wait')
    return boot
  }
}

/** A release that cannot be used stops no tenant that could run before it was published. */
async function useFirst(newest: Newest, { bundle, lastGood }: Boot, logger: Logger): Promise<Bundle> {
  try {
    await newest.use(bundle)
    return bundle
  } catch (error) {
    if (lastGood === undefined) throw error
    logger.error({ error, release: bundle.release.number }, 'release refused; started with the one before')
    await newest.use(lastGood)
    newest.refuse(error)
    return lastGood
  }
}

/** Development mode believes whoever asks, so only this machine may ask. */
function refuseOpenDevelopment({ boot, host }: Composition): void {
  if (boot.dev && !isLoopback(host))
    throw new Fault('config_invalid', {
      detail: `Development mode listens on loopback only, not on ${host}. Set HOST=127.0.0.1 or COPSE_DEV=0.`,
    })
}
