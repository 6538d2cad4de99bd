import { Fault, type EffectOutcome, type EffectState, type ResolutionStore, type Verdict } from '@copse/contracts'
import { recordIntervention } from './interventions.ts'
import type { Room } from './room.ts'

/** What a person found out is the effect's outcome from then on. Tried again, it is begun under the same key. */
export function createResolution(room: Room): ResolutionStore {
  const { sql, commits, clock } = room
  return {
    resolveEffect: (key, verdict, who, reason) =>
      commits.run(() => {
        const effect = sql.get<{ state: EffectState }>('SELECT state FROM effects WHERE key = ?', [key])
        if (!effect) throw new Fault('not_found', { detail: `No effect ${key}.` })
        if (effect.state !== 'uncertain')
          throw new Fault('not_ready', { detail: `The effect is ${effect.state}: only an uncertain one is resolved.` })
        const { state, outcome } = resolved(verdict, reason)
        sql.run('UPDATE effects SET state = ?, outcome = ?, settled_at = ? WHERE key = ?', [
          state,
          JSON.stringify(outcome),
          clock.now(),
          key,
        ])
        recordIntervention(room, { who, what: 'resolve', subject: key, detail: { verdict: verdict.verdict, reason } })
      }),
  }
}

function resolved(verdict: Verdict, reason: string): { state: EffectState; outcome: EffectOutcome } {
  switch (verdict.verdict) {
    case 'confirmed':
      return { state: 'done', outcome: verdict.outcome }
    case 'failed':
      return { state: 'no', outcome: { status: 'no', code: 'resolved_failed', reason } }
    case 'retry':
      return { state: 'unavailable', outcome: { status: 'unavailable', code: 'resolved_retry', reason } }
  }
}
