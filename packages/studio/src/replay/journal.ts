import { digest, Fault, type EffectRequest, type RecordedOutcome, type TurnJournal } from '@copse/contracts'

/** Answers one turn with what was recorded and performs nothing. */
export interface RecordedJournal extends TurnJournal {
  /** What was asked for otherwise than recorded, or is recorded and was not asked for; a sentence, or nothing. */
  mismatch(): string | undefined
}

/** Every effect must be asked for as it was then, and in the same order. */
export function createRecordedJournal(outcomes: readonly RecordedOutcome[]): RecordedJournal {
  let next = 0
  let mismatch: string | undefined
  return {
    async effect(request) {
      mismatch ??= unlike(request, outcomes[next])
      if (mismatch !== undefined) throw new Fault('journal_mismatch', { detail: mismatch })
      return outcomes[next++]!.outcome
    },
    mismatch() {
      const left = outcomes[next]
      return mismatch ?? (left && `${left.name} is recorded here, and nothing asks for it now.`)
    },
  }
}

function unlike({ key, name, args, node }: EffectRequest, recorded: RecordedOutcome | undefined): string | undefined {
  if (!recorded) return `${name} is asked for by ${node}, and nothing more is recorded.`
  if (recorded.key !== key) return `${name} is asked for by ${node} where ${recorded.name} is recorded.`
  return recorded.argsHash === digest(args) ? undefined : `${name} is asked for with other arguments than recorded.`
}
