import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { Logger } from '@nestjs/common'
import { Redis } from 'ioredis'
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

test('jobs BullMQ without Redis keep nobody from starting, and none from ending', async () => {
  const jobs = new BullMqJobs('redis://127.0.0.1:1', 'test-none')
  let runs = 0
  await jobs.define('look', never, async () => void runs++)
  jobs.trigger('look')
  await sleep(100)
  await jobs.close()
  expect(runs).toBe(0)
})

/** A way to Redis that can be cut, and counts what goes there. */
async function openWay(url: string) {
  const { hostname, port, pathname } = new URL(url)
  const open = new Set<Socket>()
  let asked = 0
  const way = createServer((near) => {
    const far = connect(Number(port || 6379), hostname)
    for (const socket of [near, far]) open.add(socket.on('error', () => {}))
    near
      .on('data', () => asked++)
      .pipe(far)
      .pipe(near)
  })
  const listen = async (at: number): Promise<void> => void (await once(way.listen(at, '127.0.0.1'), 'listening'))
  await listen(0)
  const own = (way.address() as AddressInfo).port
  const cut = (): void => {
    way.close()
    for (const socket of open) socket.destroy()
    open.clear()
  }
  return { url: `redis://127.0.0.1:${own}${pathname}`, cut, mend: () => listen(own), asked: () => asked }
}

test.skipIf(!redisUrl)('jobs BullMQ go on by themselves when Redis comes back and has forgotten them', async () => {
  const name = `test-${randomUUID()}`
  const way = await openWay(redisUrl!)
  const jobs = new BullMqJobs(way.url, name)
  let runs = 0
  await jobs.define('look', 100, async () => void runs++)
  await eventually(() => runs > 1)
  way.cut()
  const redis = new Redis(redisUrl!)
  await redis.del(await redis.keys(`bull:${name}*`))
  redis.disconnect()
  await way.mend()
  const before = runs
  await eventually(() => runs > before + 2)
  await jobs.close()
  way.cut()
})

test.skipIf(!redisUrl)(
  'jobs BullMQ try again at leisure what Redis refuses, say it once, and go on after it',
  async () => {
    const name = `test-${randomUUID()}`
    let warnings = 0
    const count = (): void => void warnings++
    Logger.overrideLogger({ log: count, warn: count, error: count })
    const way = await openWay(redisUrl!)
    const redis = new Redis(redisUrl!)
    const active = `bull:${name}-look:active`
    await redis.set(active, 'no list of jobs')
    const jobs = new BullMqJobs(way.url, name)
    let runs = 0
    await jobs.define('look', 100, async () => void runs++)
    await eventually(() => warnings > 0)
    const before = way.asked()
    await sleep(1_000)
    const [asked, said] = [way.asked() - before, warnings]
    Logger.overrideLogger(false)
    await redis.del(active)
    await eventually(() => runs > 1)
    redis.disconnect()
    await jobs.close()
    way.cut()
    expect(said).toBeLessThan(5)
    expect(asked).toBeLessThan(50)
  },
)
