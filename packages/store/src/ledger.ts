import type { EffectIntent, EffectOutcome, EffectStart, EffectState, JournalEntry, LedgerStore } from '@copse/contracts'
import { appendJournal } from './journal-rows.ts'
import { forgottenKey } from './keys.ts'
import type { Room } from './room.ts'

interface EffectRow {
  args_hash: string
  state: EffectState
  outcome: string
}

const stateOf = {
  ok: 'done',
  no: 'no',
  unavailable: 'unavailable',
  uncertain: 'uncertain',
} as const satisfies Record<EffectOutcome['status'], EffectState>

export function createLedger({ sql, commits, clock }: Room): LedgerStore {
  function begin(intent: EffectIntent, entries: readonly JournalEntry[]): EffectStart {
    const own = sql.get<EffectRow>('SELECT args_hash, state, outcome FROM effects WHERE key = ?', [intent.key])
    if (own && own.args_hash !== intent.argsHash) return { state: 'mismatch' }
    if (own?.state === 'done') return { state: 'recorded', outcome: JSON.parse(own.outcome) as EffectOutcome }

    const other = sameNaturalKey(intent)
    if (other?.state === 'done') return { state: 'repeated', outcome: JSON.parse(other.outcome) as EffectOutcome }
    if (other) return { state: 'blocked' }

    appendJournal(sql, intent.turnId, entries)
    if (own) {
      sql.run(
        `UPDATE effects SET turn_id = ?, state = 'intent', attempts = attempts + 1, settled_at = NULL WHERE key = ?`,
        [intent.turnId, intent.key],
      )
    } else insert(intent)
    return { state: own?.state === 'intent' || own?.state === 'uncertain' ? 'unsettled' : 'begun' }
  }

  /** Another effect on the same thing that succeeded, or may have. */
  const sameNaturalKey = ({ key, name, naturalKey }: EffectIntent): EffectRow | undefined =>
    naturalKey === undefined
      ? undefined
      : sql.get<EffectRow>(
          `SELECT args_hash, state, outcome FROM effects
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
