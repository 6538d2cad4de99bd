import { setImmediate as breathe } from 'node:timers/promises'
import { Fault, type PruneReport, type Retention } from '@copse/contracts'
import type { Room } from '../room.ts'
import { heaps, sweeps, type Sweep } from './sweeps.ts'

const dayMs = 24 * 60 * 60 * 1000
const shortestDedupeDays = 8
/** Rows looked at at a time: a commit stays well under the 20 ms that a customer would notice. */
const batch = 100

/** What was of use longest ago first, in small commits between the work. */
export async function prune({ sql, commits }: Room, retention: Retention, now: number): Promise<PruneReport> {
  if (retention.dedupeDays !== 0 && retention.dedupeDays < shortestDedupeDays) {
    throw new Fault('config_invalid', {
      detail: `dedupeDays is ${retention.dedupeDays}: channels repeat a message for 7 days, so 8 is the least.`,
    })
  }
  const deleted: Record<string, number> = {}

  async function run({ find, clear }: Sweep, cutoff: number): Promise<void> {
    let after = 0
    let at = -1
    for (;;) {
      const rows: { at: number; id: number; due: number }[] = sql.all(find, [cutoff, at, at, after, batch])
      const last = rows.at(-1)
      if (!last) return
      const due = rows.filter((row) => row.due === 1)
      if (due.length > 0) {
        const counts = await commits.run(() => due.map(({ id }) => clearOne(clear, id)))
        for (const one of counts)
          for (const [table, count] of Object.entries(one))
            if (count > 0) deleted[table] = (deleted[table] ?? 0) + count
      }
      at = last.at
      after = last.id
      await breathe()
    }
  }

  function clearOne(clear: Sweep['clear'], id: number): Record<string, number> {
    const counts: Record<string, number> = {}
    for (const [table, text] of clear) counts[table] = (counts[table] ?? 0) + sql.run(text, [id]).changes
    return counts
  }

  const cutoffOf = (kept: keyof Retention): number => now - retention[kept] * dayMs

  for (const sweep of sweeps) if (retention[sweep.kept] > 0) await run(sweep, cutoffOf(sweep.kept))
  for (const { kept, table, remove } of heaps) {
    if (retention[kept] === 0) continue
    for (;;) {
      const { changes } = await commits.run(() => sql.run(remove, [cutoffOf(kept), batch]))
      if (changes > 0) deleted[table] = (deleted[table] ?? 0) + changes
      if (changes < batch) break
      await breathe()
    }
  }
  return { deleted }
}

export const defaultRetention: Retention = { textDays: 90, snapshotDays: 30, dedupeDays: 8, ledgerDays: 730 }
