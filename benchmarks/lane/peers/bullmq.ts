import { Queue, Worker } from 'bullmq'
import { Redis } from 'ioredis'
import { perSecond } from './closed-loop.ts'

/** BullMQ: like our contacts, each of so many adds a job and waits until it is done before the next. */
export interface Jobs {
  /** So many at once for so long; jobs a second. */
  perS(atOnce: number, forMs: number): Promise<number>
  close(): Promise<void>
}

export async function openBullMq(port: number, concurrency: number): Promise<Jobs> {
  const connection = new Redis({ host: '127.0.0.1', port, maxRetriesPerRequest: null })
  const queue = new Queue('bench', { connection })
  const waiting = new Map<string, () => void>()
  let jobs = 0
  const worker = new Worker('bench', async () => ({ ok: true }), { connection, concurrency })
  worker.on('completed', ({ id = '' }) => {
    waiting.get(id)?.()
    waiting.delete(id)
  })
  await worker.waitUntilReady()
  async function one(): Promise<void> {
    const jobId = `turn-${jobs++}`
    const completed = new Promise<void>((resolve) => waiting.set(jobId, resolve))
    await queue.add('turn', { text: 'I want a refund' }, { jobId, removeOnComplete: true })
    await completed
  }
  return {
    perS: (atOnce, forMs) => perSecond(atOnce, forMs, one),
    async close() {
      await worker.close()
      await queue.close()
      connection.disconnect()
    },
  }
}
