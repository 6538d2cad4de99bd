import { systemClock } from '@copse/contracts'
import { closeOnSignals, createLogger, exitWith, logBugs } from '@copse/http'
import { readConfig } from './config.ts'
import { createControlPlane, listen } from './server.ts'

/** Ending this process ends nothing else: tenants' processes are their own and go on. */
async function main(): Promise<void> {
  const config = readConfig()
  const logger = createLogger({ level: 'info', clock: systemClock })
  logBugs(logger)
  logger.info({ main: config.instanceMain, because: config.instanceBecause }, 'what tenants run from')
  const controlPlane = await createControlPlane(config, logger)
  closeOnSignals(() => controlPlane.app.close(), { logger, graceMs: 10_000 })
  const port = await listen(controlPlane, config)
  logger.info({ host: config.host, port, data: config.data }, 'control plane is listening')
}

main().catch(exitWith)
