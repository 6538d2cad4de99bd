import type { Logger } from '@copse/contracts'

/** The last line of a process that dies of a bug is a line of its log like any other. What it worked on is taken up again. */
export function logBugs(logger: Logger): void {
  process.on('uncaughtException', (error: unknown) => {
    logger.error({ error }, 'the process ends: nobody caught this')
    process.exit(1)
  })
}

/**
 * SIGTERM and SIGINT close in order and exit 0. A second signal, or a close that takes longer than `graceMs`, exits
 * at once: what was accepted is durable, so nothing depends on a tidy end.
 */
export function closeOnSignals(close: () => Promise<void>, options: { logger: Logger; graceMs: number }): void {
  const { logger, graceMs } = options
  let closing = false
  const stop = (signal: NodeJS.Signals): void => {
    if (closing) process.exit(1)
    closing = true
    logger.info({ signal }, 'stopping')
    setTimeout(() => {
      logger.warn({ graceMs }, 'stopped before everything was closed')
      process.exit(1)
    }, graceMs).unref()
    close().then(
      () => process.exit(0),
      (error: unknown) => {
        logger.error({ error }, 'closing failed')
        process.exit(1)
      },
    )
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
}
