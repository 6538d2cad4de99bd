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

/** One queue per job, shared by all control planes of that name: a run happens on one of them. */
export class BullMqJobs extends Jobs {
  readonly #connection: Redis
  readonly #name: string
  readonly #queues = new Map<string, { queue: Queue; worker: Worker }>()
  readonly #logger = new Logger('jobs')

  constructor(url: string, name: string) {
    super()
    // Workers wait in blocking reads, which must not time out.
    this.#connection = new Redis(url, { maxRetriesPerRequest: null })
    this.#connection.on('error', (error) => this.#logger.warn({ error }))
    this.#name = name
  }

  async define(name: string, everyMs: number, run: () => Promise<void>): Promise<void> {
    const queueName = `${this.#name}-${name}`
    const connection = this.#connection
    const queue = new Queue(queueName, {
      connection,
      defaultJobOptions: { removeOnComplete: true, removeOnFail: true },
    })
    const worker = new Worker(queueName, run, { connection, lockDuration, stalledInterval })
    worker.on('failed', (_, error) => this.#logger.error({ job: name, error }))
    worker.on('error', (error) => this.#logger.warn({ job: name, error }))
    this.#queues.set(name, { queue, worker })
    await queue.setGlobalConcurrency(1)
    await queue.upsertJobScheduler(name, { every: everyMs })
    this.trigger(name)
  }

  trigger(name: string): void {
    const deduplication = { id: name, keepLastIfActive: true }
    const added = this.#queues.get(name)?.queue.add(name, {}, { deduplication })
    added?.catch((error: unknown) => this.#logger.warn({ job: name, error }))
  }

  async close(): Promise<void> {
    const queues = [...this.#queues.values()]
    this.#queues.clear()
    await Promise.all(queues.map(({ worker }) => worker.close()))
    await Promise.all(queues.map(({ queue }) => queue.close()))
    this.#connection.disconnect()
  }
}
