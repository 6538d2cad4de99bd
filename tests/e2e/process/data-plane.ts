/**
 * A tenant's process as it is shipped, but for one thing: at the point named by CRASH_AT it is killed as by the kernel.
 * Prints `listening <port>` when it is ready.
 */
import { flushCompileCache } from 'node:module'
import { randomIds, silentLogger, systemClock } from '@copse/contracts'
import { closeOnSignals, exitWith } from '@copse/http'
import { killAt } from '@copse/testkit'
import { boot } from '../../../apps/data-plane/src/boot.ts'
import { compose } from '../../../apps/data-plane/src/compose.ts'
import { readConfig } from '../../../apps/data-plane/src/config.ts'

try {
  const config = readConfig()
  const booted = await boot({ config, clock: systemClock, logger: silentLogger, random: Math.random })
  const plane = await compose({
    boot: booted,
    host: config.host,
    port: config.port,
    instance: 'crash-test',
    clock: systemClock,
    ids: randomIds,
    logger: silentLogger,
    probe: killAt(process.env['CRASH_AT']),
  })
  closeOnSignals(plane.close, { logger: silentLogger, graceMs: 10_000 })
  process.stdout.write(`listening ${plane.port}\n`)
  // A killed process leaves no cache behind; the next ones start in half the time with it.
  flushCompileCache()
} catch (error) {
  exitWith(error)
}
