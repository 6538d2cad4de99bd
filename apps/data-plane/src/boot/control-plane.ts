import { readFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { bootstrap as bootstrapSchema, Fault, type Bootstrap, type Bundle, type Silence } from '@copse/contracts'
import { prepareDataFolder } from './data-folder.ts'
import { fetchBundle } from './fetch-bundle.ts'
import { createSavedBundle, type SavedBundle } from './saved-bundle.ts'
import type { Boot, BootOptions } from './source.ts'

const retryDelaysMs = [100, 400]

/** The control plane's release when it answers, else the last good one; without either, no start. */
export async function bootFromControlPlane(options: BootOptions, bootstrapPath: string): Promise<Boot> {
  const { config, logger } = options
  const bootstrap = await readBootstrap(bootstrapPath)
  const dataPath = await prepareDataFolder(config.dataPath ?? `.copse/tenants/${bootstrap.tenantId}`)
  const store = createSavedBundle(dataPath, bootstrap)
  const { start, lastGood } = await firstBundle(options, bootstrap, store)
  let silence: Silence | null = null
  return {
    bundle: start.bundle,
    ...(lastGood === undefined ? {} : { lastGood }),
    dataPath,
    dev: config.dev ?? false,
    operatorToken: bootstrap.token,
    silence: () => silence,
    watch(running, apply) {
      const stopping = new AbortController()
      let from = bootstrap
      /** Undefined: nothing is newer, or nobody says. */
      const ask = async (etag: string): Promise<SavedBundle | undefined> => {
        try {
          const found = await fetchBundle(from, etag)
          if (silence) logger.info({ silentMs: options.clock.now() - silence.since }, 'control plane answers again')
          silence = null
          return found
        } catch (error) {
          if (!silence) logger.warn({ error }, 'control plane not reached; the running release goes on')
          silence = {
            since: silence?.since ?? options.clock.now(),
            why: error instanceof Fault ? (error.detail ?? error.message) : String(error),
          }
          // It may have moved: then it wrote into the file where it is now.
          const { controlPlaneUrl } = await readBootstrap(bootstrapPath).catch(() => from)
          from = { ...bootstrap, controlPlaneUrl }
          return undefined
        }
      }
      const loop = async (): Promise<void> => {
        let { etag } = start
        for (;;) {
          await keep()
          await sleep(config.pollMs * (0.8 + 0.4 * options.random()), undefined, { signal: stopping.signal })
          const next = await ask(etag)
          if (!next) continue
          await take(next).then(
            () => (etag = next.etag),
            (error: unknown) => {
              // One refusal of a release is enough; what only failed here, on a full disk say, is tried again.
              if (!(error instanceof Fault && error.retryable)) etag = next.etag
              logger.error({ error, release: next.bundle.release.number }, 'release refused')
            },
          )
        }
      }
      // Only now is it known to be good: the process started with it.
      let unkept = running === start.bundle ? start : undefined
      const keep = async (): Promise<void> => {
        if (!unkept) return
        await store.write(unkept).then(
          () => (unkept = undefined),
          (error: unknown) => logger.error({ error }, 'the running bundle could not be saved: it is tried again'),
        )
      }
      const take = async (next: SavedBundle): Promise<void> => {
        await apply(next.bundle)
        unkept = next
        logger.info({ release: next.bundle.release.number }, 'release taken')
      }
      const watching = loop().catch((error: unknown) => {
        if (!stopping.signal.aborted) logger.error({ error }, 'no longer watching for releases')
      })
      return () => {
        stopping.abort()
        return watching
      }
    },
  }
}

async function readBootstrap(file: string): Promise<Bootstrap> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new Fault('config_invalid', {
      detail: `${file} cannot be read (${(error as { code?: string }).code}).`,
      cause: error,
    })
  })
  try {
    return bootstrapSchema.parse(JSON.parse(text))
  } catch (error) {
    throw new Fault('config_invalid', { detail: `${file} is not a bootstrap file.`, cause: error })
  }
}

/** A saved bundle waits for nobody: one try, then it starts, and the poll brings what is newer. */
async function firstBundle(
  { logger }: BootOptions,
  bootstrap: Bootstrap,
  store: ReturnType<typeof createSavedBundle>,
): Promise<{ start: SavedBundle; lastGood?: Bundle }> {
  const saved = await store.read().catch((error: unknown) => {
    if (!(error instanceof Fault)) throw error
    logger.warn({ error }, 'the saved bundle cannot be read')
    return error
  })
  const usable = saved instanceof Fault ? undefined : saved
  let last: unknown
  for (const delayMs of usable ? [0] : [0, ...retryDelaysMs]) {
    await sleep(delayMs)
    try {
      const fetched = await fetchBundle(bootstrap, usable?.etag)
      if (fetched) return { start: fetched, ...(usable ? { lastGood: usable.bundle } : {}) }
      if (usable) return { start: usable }
    } catch (error) {
      last = error
      if (error instanceof Fault && error.code === 'token_invalid') break
    }
  }
  const refused = last instanceof Fault && last.code === 'token_invalid'
  if (!usable) throw saved && !refused ? saved : last
  logger.warn({ error: last, release: usable.bundle.release.number }, 'started from the saved bundle')
  return { start: usable }
}
