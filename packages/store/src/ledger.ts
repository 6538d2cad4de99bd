import type { EffectIntent, EffectOutcome, EffectStart, EffectState, JournalEntry, LedgerStore } from '@copse/contracts'
import { appendJournal } from './journal-rows.ts'
import { forgottenKey } from './keys.ts'
import { requireOpen } from './open-turn.ts'
import type { Room } from './room.ts'

interface EffectRow {
  args_hash: string
  state: EffectState
  outcome: string
  started_at: number
  settled_at: number | null
}

const stateOf = {
  ok: 'done',
  no: 'no',
  unavailable: 'unavailable',
  uncertain: 'uncertain',
} as const satisfies Record<EffectOutcome['status'], EffectState>

export function createLedger({ sql, commits, clock }: Room): LedgerStore {
  function begin(intent: EffectIntent, entries: readonly JournalEntry[]): EffectStart {
    requireOpen(sql, intent.turnId)
    const own = sql.get<EffectRow>(
      'SELECT args_hash, state, outcome, started_at, settled_at FROM effects WHERE key = ?',
      [intent.key],
    )
    if (own && own.args_hash !== intent.argsHash) return { state: 'mismatch' }
    if (own?.state === 'done') return { state: 'recorded', outcome: JSON.parse(own.outcome) as EffectOutcome }

    const other = sameNaturalKey(intent)
    if (other?.state === 'done') return { state: 'repeated', outcome: JSON.parse(other.outcome) as EffectOutcome }
    if (other) return { state: 'blocked' }

    const doubted = doubtOf(intent, own)
    if (doubted === 'thing') {
      insert(intent)
      sql.run(`UPDATE effects SET state = 'uncertain' WHERE key = ?`, [intent.key])
      return { state: 'blocked' }
    }

    appendJournal(sql, intent.turnId, entries)
    if (own) {
      sql.run(
        `UPDATE effects SET turn_id = ?, state = 'intent', attempts = attempts + 1, settled_at = NULL WHERE key = ?`,
        [intent.turnId, intent.key],
      )
    } else insert(intent)
    const mayHaveHappened = own?.state === 'intent' || own?.state === 'uncertain' || doubted === 'key'
    return { state: mayHaveHappened ? 'unsettled' : 'begun' }
  }

  /**
   * Data from a backup do not know what was done after it. key: this very effect may have been, because its session is
   * older. thing: another session may have done it to the same thing. Outside, only the key is known, so an idempotent
   * write is in doubt for its thing alone.
   */
  function doubtOf(intent: EffectIntent, own: EffectRow | undefined): 'key' | 'thing' | undefined {
    const { restoredAt, doubtUntil } = sql.get<{ restoredAt: number | null; doubtUntil: number | null }>(
      'SELECT restored_at AS restoredAt, doubt_until AS doubtUntil FROM meta',
    )!
    if (restoredAt === null || doubtUntil === null) return undefined
    // A person, or a try of ours, has settled it since.
    if (own && (own.settled_at ?? own.started_at) >= restoredAt) return undefined
    if (isRuledOut(intent, restoredAt)) return undefined
    const session = sql.get<{ createdAt: number }>(
      'SELECT s.created_at AS createdAt FROM turns t JOIN sessions s ON s.id = t.session_id WHERE t.id = ?',
      [intent.turnId],
    )
    // One that is yet to begin was begun by a clock that ran ahead: it may be older as well.
    const isOlder = session !== undefined && (session.createdAt < restoredAt || session.createdAt > clock.now())
    if (isOlder) return intent.policy === 'at-most-once' ? 'key' : undefined
    if (intent.naturalKey === undefined || clock.now() >= doubtUntil) return undefined
    return intent.policy === 'at-most-once' ? 'key' : 'thing'
  }

  /** A person has looked since whether the thing was done, and it was not: what our own tries came to says less. */
  const isRuledOut = ({ name, naturalKey }: EffectIntent, since: number): boolean =>
    naturalKey !== undefined &&
    sql.get(
      `SELECT 1 FROM effects WHERE name = ? AND natural_key IN (?, ?) AND settled_at >= ?
         AND json_extract(outcome, '$.code') IN ('resolved_failed', 'resolved_retry')`,
      [name, naturalKey, forgottenKey(naturalKey), since],
    ) !== undefined

  /** Another effect on the same thing that succeeded, or may have. */
  const sameNaturalKey = ({ key, name, naturalKey }: EffectIntent): EffectRow | undefined =>
    naturalKey === undefined
      ? undefined
      : sql.get<EffectRow>(
          `SELECT args_hash, state, outcome, started_at, settled_at FROM effects
           WHERE name = ? AND natural_key IN (?, ?) AND key <> ? AND state IN ('done', 'intent', 'uncertain')
           ORDER BY state = 'done' DESC, started_at LIMIT 1`,
          [name, naturalKey, forgottenKey(naturalKey), key],
        )

  function insert({ key, turnId, node, visit, name, args, argsHash, policy, naturalKey }: EffectIntent): void {
    sql.run(
      `INSERT INTO effects (key, turn_id, node, visit, name, args, args_hash, policy, natural_key, state, attempts, started_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'intent', 1, ?)`,
      [key, turnId, node, visit, name, JSON.stringify(args), argsHash, policy, naturalKey ?? null, clock.now()],
    )
  }

  return {
    beginEffect: (intent, entries) => commits.run(() => begin(intent, entries)),
    settleEffect: (turnId, entry) =>
      commits.run(() => {
        requireOpen(sql, turnId)
        appendJournal(sql, turnId, [entry])
        sql.run('UPDATE effects SET state = ?, outcome = ?, settled_at = ? WHERE key = ?', [
          stateOf[entry.outcome.status],
          JSON.stringify(entry.outcome),
          clock.now(),
          entry.key,
        ])
      }),
  }
}
