import type { Benchmark, Result } from '../harness/benchmark.ts'
import { claimCounts, unmeasured } from '../harness/claim.ts'
import { openFolder } from './disk/folder.ts'
import { openBullMq } from './peers/bullmq.ts'
import { openDbos } from './peers/dbos.ts'
import { startRedis } from './peers/redis.ts'
import { median } from './quantile.ts'
import { converse } from './turns/conversations.ts'
import { openTenant } from './turns/tenant.ts'

const postgres = process.env['DATABASE_URL'] ?? 'postgres://postgres@127.0.0.1:5432/postgres'

interface Peer {
  perS(): Promise<number>
  close(): Promise<void>
}

export const benchmark: Benchmark = {
  id: 'T2',
  async measure({ quick }) {
    const forMs = quick ? 700 : 2_000
    const dbos = async (): Promise<Peer> => {
      const workflows = await openDbos(postgres)
      return { perS: () => workflows.perS(16, forMs), close: () => workflows.close() }
    }
    const bullMq = async (): Promise<Peer> => {
      const place = openFolder()
      const redis = await startRedis(place.folder)
      const jobs = await openBullMq(redis.port, 50)
      return {
        perS: () => jobs.perS(50, forMs),
        async close() {
          await jobs.close()
          await redis.stop()
          place.remove()
        },
      }
    }
    const rounds = { forMs, count: quick ? 3 : 5 }
    return [
      await against(
        'T2',
        'refund turns, 64 at once: at least 20 times as many as DBOS does workflows of three steps',
        'DBOS on Postgres, 16 workflows at once',
        1 / 20,
        dbos,
        rounds,
      ),
      await against(
        'T3',
        'refund turns, 64 at once: at least as many as BullMQ does jobs that do nothing, each added when the one before is done',
        'BullMQ on Redis with appendfsync always, 50 jobs at once',
        1,
        bullMq,
        rounds,
      ),
    ]
  },
}

/** By turns with ours, on a database that both find new. */
async function against(
  id: string,
  what: string,
  versus: string,
  goal: number,
  open: () => Promise<Peer>,
  { forMs, count }: { forMs: number; count: number },
): Promise<Result> {
  const peer = await open().catch((error: unknown) => (error instanceof Error ? error : new Error(String(error))))
  if (peer instanceof Error) return unmeasured(id, what, `${versus} could not be had: ${peer.message}`)
  const place = openFolder()
  const tenant = await openTenant(place.folder)
  try {
    await converse(tenant, 64, forMs)
    await peer.perS()
    const found = []
    for (let round = 0; round < count; round++) {
      const theirs = await peer.perS()
      const { turns, ms } = await converse(tenant, 64, forMs)
      found.push({ theirs, ours: (turns * 1000) / ms })
    }
    const [ours, reference] = [median(found.map((each) => each.ours)), median(found.map((each) => each.theirs))]
    return { ...claimCounts({ id, what, versus, unit: 'per s', better: 'more', ours, reference, goal }), rounds: count }
  } finally {
    await peer.close()
    await tenant.close()
    place.remove()
  }
}
