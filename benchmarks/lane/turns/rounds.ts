import { openFolder } from '../disk/folder.ts'
import { measureSyncs, type Syncs } from '../disk/syncs.ts'
import { converse } from './conversations.ts'
import { median, quantile } from '../quantile.ts'
import { openTenant, type Tenant } from './tenant.ts'

export interface Rounds {
  rounds: number
  syncs: Syncs
  /** Turns a second with 64 contacts at once, and with one. */
  manyPerS: number
  onePerS: number
  cpuUsPerTurn: number
  /** One small write of the store's, committed alone: shows whether its syncs are those of this disk. */
  commitP50Ms: number
  p50Ms: number
  p99Ms: number
  rssMB: number
  snapshotBytes: number
}

/** Syncs of the disk and turns of the lane by turns, in one folder and one process; the medians. */
export async function measureRounds({ quick }: { quick: boolean }): Promise<Rounds> {
  const place = openFolder()
  const { folder } = place
  const tenant = await openTenant(folder)
  try {
    await converse(tenant, 64, quick ? 500 : 2_000)
    const found = []
    for (let round = 0; round < (quick ? 3 : 5); round++) {
      const syncs = measureSyncs(folder, 250)
      const many = await converse(tenant, 64, quick ? 700 : 2_000)
      const one = await converse(tenant, 1, quick ? 300 : 800)
      found.push({ syncs, many, one })
    }
    const took = found.flatMap(({ many }) => many.took)
    return {
      rounds: found.length,
      syncs: {
        perS: median(found.map(({ syncs }) => syncs.perS)),
        p50Ms: median(found.map(({ syncs }) => syncs.p50Ms)),
      },
      manyPerS: median(found.map(({ many }) => (many.turns * 1000) / many.ms)),
      onePerS: median(found.map(({ one }) => (one.turns * 1000) / one.ms)),
      cpuUsPerTurn: median(found.map(({ many }) => many.cpuUs / many.turns)),
      commitP50Ms: await commitP50Ms(tenant),
      p50Ms: quantile(took, 0.5),
      p99Ms: quantile(took, 0.99),
      rssMB: process.memoryUsage.rss() / 1e6,
      snapshotBytes: await snapshotBytes(tenant),
    }
  } finally {
    await tenant.close()
    place.remove()
  }
}

/** Of a session that waits in the middle of the refund. */
async function snapshotBytes(tenant: Tenant): Promise<number> {
  await tenant.say('CUST-AT-REST', 'I want a refund')
  const { reply } = await tenant.say('CUST-AT-REST', 'it is ORD-99999')
  const session = await tenant.store.session(reply.sessionId ?? '')
  return Buffer.byteLength(JSON.stringify(session?.snapshot))
}

async function commitP50Ms({ store }: Tenant): Promise<number> {
  const took = []
  for (let at = 0; at < 30; at++) {
    const before = performance.now()
    await store.saveTree(`bench ${at}`, {})
    took.push(performance.now() - before)
  }
  return median(took)
}
