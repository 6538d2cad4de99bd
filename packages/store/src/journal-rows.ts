import type { EffectOutcome, JournalEntry } from '@copse/contracts'
import type { Sql } from './sql.ts'

interface Row {
  seq: number
  kind: JournalEntry['kind']
  key: string
  name: string
  args_hash: string
  outcome: string | null
}

/** Append-only: an entry that is there already is a broken constraint. */
export function appendJournal(sql: Sql, turnId: string, entries: readonly JournalEntry[]): void {
  for (const { seq, kind, key, name, argsHash, outcome } of entries) {
    sql.run('INSERT INTO journal VALUES (?, ?, ?, ?, ?, ?, ?)', [
      turnId,
      seq,
      kind,
      key,
      name,
      argsHash,
      outcome === undefined ? null : JSON.stringify(outcome),
    ])
  }
}

export function readJournal(sql: Sql, turnId: string): JournalEntry[] {
  const rows = sql.all<Row>(
    'SELECT seq, kind, key, name, args_hash, outcome FROM journal WHERE turn_id = ? ORDER BY seq',
    [turnId],
  )
  return rows.map(({ args_hash: argsHash, outcome, ...entry }) => ({
    ...entry,
    argsHash,
    ...(outcome === null ? {} : { outcome: JSON.parse(outcome) as EffectOutcome }),
  }))
}
