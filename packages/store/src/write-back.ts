import { setTimeout as sleep } from 'node:timers/promises'
import { Fault } from '@copse/contracts'
import type Database from 'better-sqlite3'
import { openThread, type Thread } from './care/thread.ts'

/** Pages of the log, 16 MB, after which it is written back into the database. */
export const usualPages = 4_000
/** A commit does it itself, while everybody waits, only when the thread does not get on. */
export const mostPages = 16 * usualPages

const commitsPerLook = 8
const quietMs = 30_000
/** While the thread writes, more is committed: the last it takes are few. */
const rounds = 3
/** A copy that is made of large data is read for so long at the most. */
const emptyingMs = 20_000
const emptyingPollMs = 100

export interface WriteBack {
  /** After every commit: has a log that grew written back. */
  committed: () => void
  /** Writes back all that is in the log now. */
  all: () => Promise<void>
  /** The same, and nothing old is left in the log. Fault `busy`: somebody went on reading the data as they were. */
  empty: () => Promise<void>
  close: () => Promise<void>
}

/** Writes the log back in a thread: a commit that had to do it took up to 400 ms on a busy disk. */
export function createWriteBack(db: Database.Database, file: string): WriteBack {
  // Says how far it is, and does nothing.
  const look = db.prepare<[], { log: number; checkpointed: number }>('PRAGMA wal_checkpoint(NOOP)')
  const rest = db.prepare('PRAGMA wal_checkpoint(PASSIVE)')
  const truncate = db.prepare<[], { busy: number }>('PRAGMA wal_checkpoint(TRUNCATE)')
  let thread: Thread<number, void> | undefined
  let underWay: Promise<void> | undefined
  let idle: NodeJS.Timeout | undefined
  let commits = 0

  async function write(): Promise<void> {
    clearTimeout(idle)
    try {
      thread ??= openThread(writeBackIn, file)
      await thread.ask(rounds)
      // The few that came meanwhile: only when nothing is left does the log begin anew.
      if (db.open) rest.get()
    } catch {
      // It is tried again soon, by a new thread, and by a commit if that does not help; only time is lost.
      thread = undefined
    }
    idle = setTimeout(() => void end(), quietMs).unref()
  }

  const all = (): Promise<void> => (underWay ??= write().finally(() => (underWay = undefined)))

  /** Without waiting for whoever reads: customers would wait as well. */
  function isEmptied(): boolean {
    const timeout = db.pragma('busy_timeout', { simple: true }) as number
    db.pragma('busy_timeout = 0')
    try {
      return truncate.get()!.busy === 0
    } finally {
      db.pragma(`busy_timeout = ${timeout}`)
    }
  }

  async function empty(): Promise<void> {
    for (let waitedMs = 0; waitedMs < emptyingMs; waitedMs += emptyingPollMs) {
      await all()
      if (isEmptied()) return
      await sleep(emptyingPollMs)
    }
    throw new Fault('busy', {
      detail: 'What was deleted is still in the log, because a copy is being made. Ask again.',
    })
  }

  async function end(): Promise<void> {
    clearTimeout(idle)
    const ended = thread
    thread = undefined
    await ended?.end()
  }

  return {
    committed() {
      if (underWay !== undefined || ++commits % commitsPerLook > 0) return
      const { log, checkpointed } = look.get()!
      if (log - checkpointed >= usualPages) void all()
    },
    all,
    empty,
    close: end,
  }
}

function writeBackIn(driver: typeof Database, file: string): (rounds: number) => void {
  const db = new driver(file, { fileMustExist: true })
  const write = db.prepare('PRAGMA wal_checkpoint(PASSIVE)')
  return (rounds) => {
    for (let round = 0; round < rounds; round++) {
      const { log, checkpointed } = write.get() as { log: number; checkpointed: number }
      if (log === checkpointed) return
    }
  }
}
