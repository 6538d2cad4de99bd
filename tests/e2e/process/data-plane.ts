/**
 * A tenant's process as it is shipped, but for one thing: at the point named by CRASH_AT, or by who started it while it
 * runs, it is killed as by the kernel. Its clock is CLOCK_AHEAD_MS ahead, or as much as who started it says. Prints
 * `listening <port>` when it is ready.
 */
import { flushCompileCache } from 'node:module'
import { randomIds, silentLogger } from '@copse/contracts'
import { closeOnSignals, exitWith } from '@copse/http'
import { killAt } from '@copse/testkit'
import { boot } from '../../../apps/data-plane/src/boot.ts'
import { compose } from '../../../apps/data-plane/src/compose.ts'
import { readConfig } from '../../../apps/data-plane/src/config.ts'

let probe = killAt(process.env['CRASH_AT'])
let aheadMs = Number(process.env['CLOCK_AHEAD_MS'] ?? 0)
const clock = { now: () => Date.now() + aheadMs }
process.on('message', (told: string | number) => {
  if (typeof told === 'number') aheadMs = told
  else probe = killAt(told)
  process.send?.('done')
})

async function start(): Promise<void> {
  try {
    const config = readConfig()
    const booted = await boot({ config, clock, logger: silentLogger, random: Math.random })
    const plane = await compose({
      boot: booted,
      host: config.host,
      port: config.port,
      privateHost: config.privateHost,
      privatePort: config.privatePort,
      instance: 'crash-test',
      clock,
      ids: randomIds,
      logger: silentLogger,
      probe: (point) => probe(point),
      // A clock that is moved tells nobody.
      ...(process.env['CLOCK_AHEAD_MS'] === undefined ? {} : { wakeMs: 100 }),
    })
    closeOnSignals(plane.close, { logger: silentLogger, graceMs: 10_000 })
    process.stdout.write(`listening ${plane.port}\n`)
    // A killed process leaves no cache behind; the next ones start in half the time with it.
    flushCompileCache()
  } catch (error) {
    exitWith(error)
  }
}

/** As in the shipped one: it is ready, or has said why not. */
export const started = start()
