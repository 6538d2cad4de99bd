import { setImmediate as breathe } from 'node:timers/promises'
import { Fault, type PruneReport, type Retention } from '@copse/contracts'
import type { Room } from '../room.ts'
import { heaps, sweeps, type Sweep } from './sweeps.ts'

const dayMs = 24 * 60 * 60 * 1000
const shortestDedupeDays = 8
/**
 * Rows looked at at a time, so that no customer waits: on two busy cores a step took 3 ms, one in a hundred over 13 ms,
 * and the longest of 100,000 turns 160 ms, most of it waiting for the disk.
 */
const batch = 25
const stepsPerWriteBack = 100

/** What was of use longest ago first, in small commits between the work. `writeBack` writes the log back meanwhile. */
export async function prune(
  { sql, commits }: Room,
  retention: Retention,
  now: number,
  writeBack: () => Promise<void> = async () => {},
): Promise<PruneReport> {
  if (retention.dedupeDays !== 0 && retention.dedupeDays < shortestDedupeDays) {
    throw new Fault('config_invalid', {
      detail: `dedupeDays is ${retention.dedupeDays}: channels repeat a message for 7 days, so 8 is the least.`,
    })
  }
  const deleted: Record<string, number> = {}
  let steps = 0

  async function rest(): Promise<void> {
    if (++steps % stepsPerWriteBack === 0) await writeBack()
    else await breathe()
  }

  async function run({ find, clear }: Sweep, cutoff: number): Promise<void> {
    let after = 0
    for (;;) {
      const rows: { id: number; begun: number; due: number }[] = sql.all(find, [cutoff, after, batch])
      const due = rows.filter((row) => row.due === 1)
      if (due.length > 0) {
        const counts = await commits.run(() => due.map(({ id }) => clearOne(clear, id)))
        for (const one of counts)
          for (const [table, count] of Object.entries(one))
            if (count > 0) deleted[table] = (deleted[table] ?? 0) + count
      }
      const last = rows.at(-1)
      // While the clock was ahead, what came in then is kept longer by as much.
      if (!last || last.begun >= cutoff) return
      after = last.id
      await rest()
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
      await rest()
    }
  }
  if (steps > 0) await writeBack()
  return { deleted }
}

export const defaultRetention: Retention = { textDays: 90, snapshotDays: 30, dedupeDays: 8, ledgerDays: 730 }
