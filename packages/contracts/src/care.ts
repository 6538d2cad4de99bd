/** Looking after a store: copies, checks, forgetting. Each is safe while the store is at work. */
export interface StoreCare {
  /**
   * Writes a whole, checked copy to this path; the store goes on meanwhile. What `beside` puts beside it is there before
   * the copy has its name; where that fails there is no copy.
   */
  backup(path: string, beside?: () => Promise<void>): Promise<BackupReport>
  verify(): Promise<VerifyReport>
  /**
   * Deletes all that a person said or that says who they are, everywhere, and leaves tombstones. `ended` is told, as soon
   * as it is committed, which messages nobody will handle any more.
   */
  forget(contactId: string, ended?: (inboxIds: readonly number[]) => void): Promise<ForgetReport>
  /** Deletes what is older than its class of data may be. */
  prune(retention: Retention, now: number): Promise<PruneReport>
  /** For a day after a restore: sessions that waited for a timer that it set aside, and rest until their customer writes. */
  resting(): Promise<string[]>
  /** Undefined: what is written is kept. While it is not, each look tries. */
  refusal(): Promise<StorageRefusal | undefined>
}

/** The storage takes nothing. */
export interface StorageRefusal {
  since: number
  /** What SQLite calls it, `SQLITE_FULL` say. */
  why: string
}

export interface BackupReport {
  path: string
  bytes: number
  sha256: string
  takenAt: number
  /** The longest that the event loop was held up, ms. */
  blockedMs: number
}

export interface VerifyReport {
  ok: boolean
  /** What does not hold, in sentences. */
  problems: string[]
}

export interface ForgetReport {
  contactId: string
  /** Rows cleared, by table. */
  cleared: Record<string, number>
}

/** Days that each class of data is kept after it was last of use; 0 keeps it for good. */
export interface Retention {
  /** Messages, inbox events, traces and journals of ended sessions. */
  textDays: number
  /** Snapshots of ended sessions. */
  snapshotDays: number
  /** Never below 8: channels repeat a message for 7 days. */
  dedupeDays: number
  /** What was done, for the books: effects, usage, what people decided, used links, and then the bare sessions and turns. */
  ledgerDays: number
}

export interface PruneReport {
  deleted: Record<string, number>
}
