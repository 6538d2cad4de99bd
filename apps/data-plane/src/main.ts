import { randomIds, systemClock } from '@copse/contracts'
import { closeOnSignals, createLogger, exitWith, logBugs } from '@copse/http'
import { boot } from './boot.ts'
import { compose } from './compose.ts'
import { readConfig } from './config.ts'

async function start(): Promise<void> {
  try {
    const config = readConfig()
    const instance = config.instance ?? randomIds.newId()
    const logger = createLogger({ level: config.logLevel, clock: systemClock, fields: { instance } })
    logBugs(logger)
    const read = () => boot({ config, clock: systemClock, logger, random: Math.random })
    const booted = await read()
    const { slug } = booted.bundle.release.tenant
    const { host } = config
    const plane = await compose({
      boot: booted,
      again: read,
      host,
      port: config.port,
      privateHost: config.privateHost,
      privatePort: config.privatePort,
      instance,
      // A signal ends a process that stands by: it holds nothing yet.
      standBy: (config.standBy ?? !booted.dev) ? new AbortController().signal : undefined,
      clock: systemClock,
      ids: randomIds,
      logger: logger.child({ tenant: slug }),
    })
    closeOnSignals(plane.close, { logger, graceMs: 10_000 })
    logger.info(
      {
        tenant: slug,
        chat: `http://${host}:${plane.port}/chat`,
        privatePort: plane.privatePort,
        dev: booted.dev,
        tokenFile: booted.tokenFile,
      },
      'ready',
    )
  } catch (error) {
    exitWith(error)
  }
}

/** It is ready, or has said why not. */
export const started = start()
