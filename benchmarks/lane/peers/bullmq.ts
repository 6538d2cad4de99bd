import { Queue, Worker } from 'bullmq'
import { Redis } from 'ioredis'

/** BullMQ: jobs added in bulk, then worked off. */
export interface Jobs {
  /** So many jobs, from the first that is added to the last that is done, a second. */
  perS(count: number): Promise<number>
  close(): Promise<void>
}

export async function openBullMq(port: number, concurrency: number): Promise<Jobs> {
  const connection = new Redis({ host: '127.0.0.1', port, maxRetriesPerRequest: null })
  const queue = new Queue('bench', { connection })
  let done = 0
  let wanted = 0
  let finished: (() => void) | undefined
  const worker = new Worker('bench', async () => ({ ok: true }), { connection, concurrency })
  worker.on('completed', () => {
    if (++done === wanted) finished?.()
  })
  await worker.waitUntilReady()
  return {
    async perS(count) {
      done = 0
      wanted = count
      const all = new Promise<void>((resolve) => (finished = resolve))
      const start = performance.now()
      const job = { name: 'turn', data: { text: 'I want a refund' }, opts: { removeOnComplete: true } }
      const pile = 50
      for (let at = 0; at < count; at += pile) await queue.addBulk(Array.from({ length: pile }, () => job))
      await all
      return (count * 1000) / (performance.now() - start)
    },
    async close() {
      await worker.close()
      await queue.close()
      connection.disconnect()
    },
  }
}
