import type { EffectOutcome, TurnJournal } from '@copse/contracts'

/** What a call came to, for the scenario's `calls`. */
export interface Performed {
  name: string
  policy: string
  outcome: EffectOutcome
}

/**
 * A journal for scenarios: performs at once and remembers. It has the ledger's one rule that conversations can see, the
 * natural key; durability is the lane's business and is not played here.
 */
export function createMemoryJournal(signal: AbortSignal): TurnJournal & { performed: Performed[] } {
  const performed: Performed[] = []
  const first = new Map<string, EffectOutcome>()
  return {
    performed,
    async effect(request, perform) {
      const natural = request.naturalKey === undefined ? undefined : `${request.name} ${request.naturalKey}`
      const before = natural === undefined ? undefined : first.get(natural)
      if (before?.status === 'ok') return { ...before, repeated: true }
      const outcome = await perform(request.key, signal)
      performed.push({ name: request.name, policy: request.policy, outcome })
      if (natural !== undefined && outcome.status === 'ok') first.set(natural, outcome)
      return outcome
    },
  }
}
