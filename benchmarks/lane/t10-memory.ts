import type { Benchmark } from '../harness/benchmark.ts'
import { claimCounts, unmeasured } from '../harness/claim.ts'
import { openFolder } from './disk/folder.ts'
import { converse } from './turns/conversations.ts'
import { openTenant } from './turns/tenant.ts'

const half = 50_000
const what = '100,000 turns: after the second half at most 1.1 times the memory of after the first'

export const benchmark: Benchmark = {
  id: 'T10',
  async measure({ quick }) {
    if (quick) return [unmeasured('T10', what, 'only without --quick: it takes a minute')]
    const place = openFolder()
    const tenant = await openTenant(place.folder)
    const rssAfterHalf = async (): Promise<number> => {
      for (let turns = 0; turns < half;) turns += (await converse(tenant, 64, 2_000)).turns
      globalThis.gc?.()
      return process.memoryUsage.rss() / 1e6
    }
    try {
      const reference = await rssAfterHalf()
      const heap = process.memoryUsage().heapUsed / 1e6
      const ours = await rssAfterHalf()
      const also = { 'heap MB, first': heap, 'heap MB, second': process.memoryUsage().heapUsed / 1e6 }
      const versus = 'RSS after 50,000 turns'
      return [claimCounts({ id: 'T10', what, versus, unit: 'MB', ours, reference, goal: 1.1, also })]
    } finally {
      await tenant.close()
      place.remove()
    }
  },
}
