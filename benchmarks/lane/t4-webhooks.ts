import { fork } from 'node:child_process'
import { join } from 'node:path'
import { Config } from '../../apps/control-plane/src/config.ts'
import type { Benchmark } from '../harness/benchmark.ts'
import { claimCounts } from '../harness/claim.ts'
import type { Round } from './http/webhooks.ts'
import { median, quantile } from './quantile.ts'

export const benchmark: Benchmark = {
  id: 'T4',
  async measure({ quick }) {
    const found = await roundsAsStarted(quick)
    const syncMs = median(found.map((each) => each.syncMs))
    const claim = (id: string, what: string, reference: number, took: number[][]) => ({
      ...claimCounts({
        id,
        what,
        versus: 'the bound, from the p50 of a sync S',
        unit: 'ms',
        goal: 1,
        ours: median(took.map((each) => quantile(each, 0.99))),
        reference,
        also: { 'p50 ms': median(took.flat()), 'S ms': syncMs },
      }),
      rounds: found.length,
    })
    return [
      claim(
        'T4',
        'a signed WhatsApp webhook is acknowledged, 300 a second, open loop: p99 at most 5 ms + 5 S',
        5 + 5 * syncMs,
        found.map((each) => each.acks),
      ),
      claim(
        'T5',
        'the turn that it begins is committed with its reply, no model asked: p99 at most 8 ms + 8 S',
        8 + 8 * syncMs,
        found.map((each) => each.replies),
      ),
    ]
  },
}

/** As the process host of the control plane starts a tenant: what is left of room for young objects decides the pauses. */
function roundsAsStarted(quick: boolean): Promise<Round[]> {
  const { instanceFlags, instanceEnvironment } = new Config()
  const child = fork(join(import.meta.dirname, 'http/webhooks-child.ts'), [quick ? 'quick' : 'full'], {
    execArgv: [...instanceFlags],
    env: { ...process.env, ...instanceEnvironment },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  return new Promise((resolve, reject) => {
    child.on('message', (found) => resolve(found as Round[]))
    child.on('exit', (code) => reject(new Error(`The tenant ended with code ${code}.`)))
  })
}
