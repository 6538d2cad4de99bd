import {
  Fault,
  isOfStorage,
  silentMeter,
  systemClock,
  type Clock,
  type Meter,
  type StorageRefusal,
} from '@copse/contracts'
import type Database from 'better-sqlite3'
import { faultOf } from './damage.ts'

/**
 * Group commit: the operations asked for in one tick share a transaction, so one sync of the disk. Each fails alone; a
 * promise resolves only after the commit that holds its writes. An operation only reads and writes the database: when
 * another one of its transaction fails, it is taken back and runs once more.
 */
export interface Commits {
  run<T>(operation: () => T): Promise<T>
  /** The same for what no customer waits for: within `patienceMs`, in the commit of others if there is one. */
  runSoon<T>(operation: () => T): Promise<T>
  /** Since when the storage takes nothing; undefined once something was written again. */
  refusal(): StorageRefusal | undefined
  /** Commits what is queued and takes no more. */
  close(): void
}

const patienceMs = 5

interface Queued {
  operation: () => unknown
  resolve(value: unknown): void
  reject(error: unknown): void
}

export function createCommits(
  db: Database.Database,
  {
    clock = systemClock,
    meter = silentMeter,
    committed,
  }: { clock?: Clock; meter?: Meter; committed?: (() => void) | undefined } = {},
): Commits {
  const begin = db.prepare('BEGIN IMMEDIATE')
  const commit = db.prepare('COMMIT')
  const rollback = db.prepare('ROLLBACK')
  const savepoint = db.prepare('SAVEPOINT operation')
  const release = db.prepare('RELEASE operation')
  const undo = db.prepare('ROLLBACK TO operation')
  const changes = db.prepare<[], number>('SELECT total_changes()').pluck()
  let queue: Queued[] = []
  let next: 'none' | 'soon' | 'now' = 'none'
  let soon: NodeJS.Timeout | undefined
  let closed = false
  let refusal: StorageRefusal | undefined

  function runOne(queued: Queued): () => void {
    savepoint.run()
    try {
      const value = queued.operation()
      release.run()
      return () => queued.resolve(value)
    } catch (error) {
      // A full disk may end the whole transaction: then nothing of the batch was kept.
      if (!db.inTransaction) throw error
      undo.run()
      release.run()
      return () => queued.reject(refused(error))
    }
  }

  /** A savepoint keeps a copy of every page that its operation changes first: they are made only when one has failed. */
  function runAll(batch: readonly Queued[]): (() => void)[] {
    try {
      return batch.map(runPlain)
    } catch (error) {
      if (!db.inTransaction) throw error
      rollback.run()
      begin.run()
      return batch.map(runOne)
    }
  }

  function runPlain(queued: Queued): () => void {
    const value = queued.operation()
    return () => queued.resolve(value)
  }

  function flush(): void {
    const batch = queue
    queue = []
    next = 'none'
    clearTimeout(soon)
    if (batch.length === 0) return
    const begunAt = clock.now()
    const before = refusal && changes.get()!
    try {
      begin.run()
      const settle = runAll(batch)
      commit.run()
      // What only reads goes through on a full disk, too.
      if (before !== undefined && changes.get()! > before) refusal = undefined
      meter.observe('store_commit_ms', clock.now() - begunAt)
      meter.observe('store_commit_operations', batch.length)
      for (const done of settle) done()
      committed?.()
    } catch (error) {
      if (db.inTransaction) rollback.run()
      meter.count('store_commits_failed_total')
      const fault = refused(error)
      for (const queued of batch) queued.reject(fault)
    }
  }

  function refused(error: unknown): unknown {
    const fault = faultOf(error)
    if (isOfStorage(fault)) refusal = { since: refusal?.since ?? clock.now(), why: fault.detail ?? '' }
    return fault
  }

  function add<T>(operation: () => T, when: 'soon' | 'now'): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      if (closed) return reject(new Fault('storage_failed', { detail: 'The store is closed.' }))
      if (when === 'now' && next !== 'now') setImmediate(flush)
      if (when === 'soon' && next === 'none') soon = setTimeout(flush, patienceMs)
      if (next !== 'now') next = when
      queue.push({ operation, resolve, reject })
    })
  }

  return {
    run: (operation) => add(operation, 'now'),
    runSoon: (operation) => add(operation, 'soon'),
    refusal: () => refusal,
    close() {
      closed = true
      flush()
    },
  }
}
