import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { Logger } from '@nestjs/common'
import { afterEach, describe, expect, test } from 'vitest'
import { eventually } from '../testing/eventually.ts'
import { BullMqJobs } from './bullmq.jobs.ts'
import { InProcessJobs } from './in-process.jobs.ts'
import type { Jobs } from './jobs.ts'

const redisUrl = process.env.REDIS_URL
// The failure below is meant.
Logger.overrideLogger(false)

const never = 3_600_000

const adapters: [string, () => Jobs][] = [['in process', () => new InProcessJobs()]]
if (redisUrl) adapters.push(['BullMQ', () => new BullMqJobs(redisUrl, `test-${randomUUID()}`)])

describe.each(adapters)('jobs %s', (_, create) => {
  let jobs: Jobs
  afterEach(() => jobs.close())

  test('run when defined, when triggered, and by themselves', async () => {
    jobs = create()
    let runs = 0
    await jobs.define('look', never, async () => void runs++)
    await eventually(() => runs > 0)
    const before = runs
    jobs.trigger('look')
    await eventually(() => runs > before)
    let ticks = 0
    await jobs.define('tick', 100, async () => void ticks++)
    await eventually(() => ticks >= 3)
  })

  test('run one at a time, and once more when triggered meanwhile, however often', async () => {
    jobs = create()
    let [runs, running, most] = [0, 0, 0]
    const { promise: held, resolve: release } = Promise.withResolvers<void>()
    await jobs.define('look', never, async () => {
      most = Math.max(most, ++running)
      runs++
      await held
      running--
    })
    await eventually(() => running === 1)
    const before = runs
    for (let i = 0; i < 20; i++) jobs.trigger('look')
    release()
    await eventually(() => runs > before)
    await sleep(300)
    expect(most).toBe(1)
    expect(runs - before).toBeLessThanOrEqual(2)
  })

  test('go on after a run that failed', async () => {
    jobs = create()
    let runs = 0
    await jobs.define('look', never, async () => {
      if (++runs === 1) throw new Error('the first one fails')
    })
    await eventually(() => runs > 0)
    await sleep(50)
    const before = runs
    jobs.trigger('look')
    await eventually(() => runs > before)
  })

  test('have ended when closed, and do not start again', async () => {
    jobs = create()
    let [begun, ended] = [0, 0]
    await jobs.define('look', 50, async () => {
      begun++
      await sleep(100)
      ended++
    })
    await eventually(() => begun > 0)
    await jobs.close()
    expect(ended).toBe(begun)
    const after = begun
    jobs.trigger('look')
    await sleep(200)
    expect(begun).toBe(after)
  })
})

/** One that begins a run and never ends it. */
const stuck = (url: string, name: string): string => `
  import { BullMqJobs } from ${JSON.stringify(new URL('bullmq.jobs.ts', import.meta.url).href)}
  const jobs = new BullMqJobs(${JSON.stringify(url)}, ${JSON.stringify(name)})
  await jobs.define('look', ${never}, () => {
    process.stdout.write('running')
    return new Promise(() => {})
  })`

test.skipIf(!redisUrl)('jobs BullMQ go on in another process soon after one was killed in a run', async () => {
  const name = `test-${randomUUID()}`
  const killed = spawn(process.execPath, ['--input-type=module', '-e', stuck(redisUrl!, name)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await once(killed.stdout, 'data')
  killed.kill('SIGKILL')
  await once(killed, 'exit')
  const jobs = new BullMqJobs(redisUrl!, name)
  let runs = 0
  await jobs.define('look', never, async () => void runs++)
  await eventually(() => runs > 0, 12_000)
  await jobs.close()
})
