import { spawnSync } from 'node:child_process'
import { cpSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { randomIds, systemClock } from '@copse/contracts'
import { openLane } from '@copse/lane'
import { openStore } from '@copse/store'
import Database from 'better-sqlite3'
import type { Benchmark } from '../harness/benchmark.ts'
import { claimCounts } from '../harness/claim.ts'
import { openFolder } from './disk/folder.ts'
import { median } from './quantile.ts'

export const benchmark: Benchmark = {
  id: 'T8',
  async measure({ quick }) {
    const sessions = quick ? 10_000 : 100_000
    const place = openFolder()
    try {
      const left = join(place.folder, 'left')
      const script = join(import.meta.dirname, 'store/left-behind.ts')
      const run = spawnSync(process.execPath, [script, left, String(sessions), '5000', '2000'], { encoding: 'utf8' })
      if (run.signal !== 'SIGKILL') throw new Error(`Nothing was left behind: ${run.stderr}`)
      const rounds = quick ? 2 : 5
      const found: { readyMs: number; loadMs: number }[] = []
      for (let round = 0; round < rounds; round++) {
        const folder = join(place.folder, `round-${round}`)
        cpSync(left, folder, { recursive: true })
        found.push({ readyMs: await recover(folder), loadMs: loadAll(folder) })
      }
      const readyMs = median(found.map((each) => each.readyMs))
      const loadMs = median(found.map((each) => each.loadMs))
      const what = `a killed process is followed up: ${sessions} open sessions, 5,000 messages, 2,000 sends`
      const also = { 'log MB': statSync(join(left, 'copse.db-wal')).size / 1e6 }
      const shared = { unit: 'ms', ours: readyMs, also } as const
      return [
        {
          ...claimCounts({
            ...shared,
            id: 'T8',
            what: `${what}: at most 500 ms`,
            versus: 'the bound',
            reference: 500,
            goal: 1,
          }),
          rounds,
        },
        {
          ...claimCounts({
            ...shared,
            id: 'T8-load',
            what: 'the same: at most 0.35 of what reading every session takes',
            versus: 'all snapshots read and parsed',
            reference: loadMs,
            goal: 0.35,
          }),
          rounds,
        },
      ]
    } finally {
      place.remove()
    }
  },
}

/** Until the lane takes new messages. */
async function recover(folder: string): Promise<number> {
  const start = performance.now()
  const store = await openStore({ folder })
  const lane = await openLane({
    store,
    handle: async () => ({ messages: [], trace: [], handoffs: [], usage: [] }),
    clock: systemClock,
    ids: randomIds,
  })
  const ms = performance.now() - start
  await lane.drain(10_000)
  await store.close()
  return ms
}

function loadAll(folder: string): number {
  const start = performance.now()
  const db = new Database(join(folder, 'copse.db'), { readonly: true })
  let waits = 0
  for (const row of db.prepare<[], { snapshot: string }>('SELECT snapshot FROM sessions').iterate()) {
    const { waits: found } = JSON.parse(row.snapshot) as { waits?: unknown[] }
    if (found) waits++
  }
  db.close()
  if (waits === 0) throw new Error('No session was read.')
  return performance.now() - start
}
