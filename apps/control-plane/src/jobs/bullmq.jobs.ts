import { setTimeout as sleep } from 'node:timers/promises'
import { Logger } from '@nestjs/common'
import { Queue, Worker } from 'bullmq'
import { Redis } from 'ioredis'
import { Jobs } from './jobs.ts'

/**
 * A run belongs to a process for so long, renewed at half time. Of one that was killed in a run, the others hear after
 * that, and until then nothing runs.
 */
const lockDuration = 6_000
const stalledInterval = lockDuration / 2

/** What Redis answers and refuses, as while its memory or its disk is full, is tried again after this long. */
const refusedPauseMs = 1_000

/** Of itself it tries again at once, thousands of times a second, and leaves neither Redis nor this process time for else. */
class PatientWorker extends Worker {
  protected override async moveToActive(token: string, name?: string) {
    try {
      return await super.moveToActive(token, name)
    } catch (error) {
      await sleep(refusedPauseMs)
      throw error
    }
  }
}

interface Defined {
  queue: Queue
  worker: Worker
  everyMs: number
  /** What Redis refuses is said once, until a run succeeds. */
  complain: (error: Error) => void
  retry?: NodeJS.Timeout
}

/** One queue per job, shared by all control planes of that name: a run happens on one of them. */
export class BullMqJobs extends Jobs {
  readonly #connection: Redis
  readonly #name: string
  readonly #queues = new Map<string, Defined>()
  readonly #logger = new Logger('jobs')
  readonly #running = new Set<Promise<void>>()
  #isDown = false

  constructor(url: string, name: string) {
    super()
    // Workers wait in blocking reads, which must not time out.
    this.#connection = new Redis(url, { maxRetriesPerRequest: null })
    this.#connection.on('error', (error) => this.#lost(error)).on('ready', () => this.#found())
    this.#name = name
  }

  /** Without Redis nothing runs in the background, and all else does: what is asked for meanwhile runs once it answers. */
  async define(name: string, everyMs: number, run: () => Promise<void>): Promise<void> {
    const queueName = `${this.#name}-${name}`
    const connection = this.#connection
    const queue = new Queue(queueName, {
      connection,
      defaultJobOptions: { removeOnComplete: true, removeOnFail: true },
    })
    const worker = new PatientWorker(queueName, () => this.#track(run()), { connection, lockDuration, stalledInterval })
    worker.on('failed', (_, error) => this.#logger.error({ job: name, error }))
    const said = new Set<string>()
    const complain = (error: Error): void => {
      if (this.#isDown || said.has(error.message)) return
      said.add(error.message)
      this.#logger.warn({ job: name, error })
    }
    worker.on('completed', () => said.clear())
    queue.on('error', complain)
    worker.on('error', complain)
    this.#queues.set(name, { queue, worker, everyMs, complain })
    if (connection.status === 'ready') this.#begin(name)
  }

  #begin(name: string): void {
    const defined = this.#queues.get(name)
    if (defined === undefined) return
    const { queue, everyMs, complain } = defined
    clearTimeout(defined.retry)
    const begun = queue
      .setGlobalConcurrency(1)
      .then(() => queue.upsertJobScheduler(name, { every: everyMs }))
      .then(() => this.trigger(name))
    begun.catch((error: Error) => {
      complain(error)
      defined.retry = setTimeout(() => this.#begin(name), everyMs).unref()
    })
  }

  async #track(run: Promise<void>): Promise<void> {
    this.#running.add(run)
    await run.finally(() => this.#running.delete(run))
  }

  #lost(error: Error): void {
    if (!this.#isDown)
      this.#logger.warn(`Redis does not answer (${error.message}): nothing runs in the background. See REDIS_URL.`)
    this.#isDown = true
  }

  #found(): void {
    if (this.#isDown) this.#logger.log('Redis answers again.')
    this.#isDown = false
    // It may have forgotten what runs when.
    for (const name of this.#queues.keys()) this.#begin(name)
  }

  trigger(name: string): void {
    const deduplication = { id: name, keepLastIfActive: true }
    const defined = this.#queues.get(name)
    defined?.queue.add(name, {}, { deduplication }).catch(defined.complain)
  }

  async close(): Promise<void> {
    const queues = [...this.#queues.values()]
    this.#queues.clear()
    // Nobody can be told that a run has ended: what waits for that waits for ever.
    if (this.#isDown) this.#connection.disconnect()
    await Promise.all(queues.map(({ worker }) => worker.close(this.#isDown)))
    await Promise.allSettled(this.#running)
    await Promise.all(queues.map(({ queue }) => queue.close()))
    this.#connection.disconnect()
  }
}
