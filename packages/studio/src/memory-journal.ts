import type { EffectOutcome, TurnJournal } from '@copse/contracts'

/** What a call came to, for the scenario's `calls`. */
export interface Performed {
  name: string
  policy: string
  outcome: EffectOutcome
}

/** As often as the lane repeats. */
const repeats = 2

/**
 * A journal for scenarios: performs at once and remembers. It has the ledger's two rules that conversations can see, the
 * natural key and the repeat of an uncertain idempotent write; durability is the lane's business and is not played here.
 * `done` is what was done before, by natural key.
 */
export function createMemoryJournal(
  signal: AbortSignal,
  done: Iterable<readonly [string, EffectOutcome]> = [],
): TurnJournal & { performed: Performed[]; done: ReadonlyMap<string, EffectOutcome> } {
  const performed: Performed[] = []
  const first = new Map<string, EffectOutcome>(done)
  return {
    performed,
    done: first,
    async effect(request, perform) {
      const natural = request.naturalKey === undefined ? undefined : `${request.name} ${request.naturalKey}`
      const before = natural === undefined ? undefined : first.get(natural)
      if (before?.status === 'ok') return { ...before, repeated: true }
      let outcome = await perform(request.key, signal)
      for (
        let tries = 0;
        tries < repeats && request.policy === 'idempotent' && outcome.status === 'uncertain';
        tries++
      ) {
        const again = await perform(request.key, signal)
        // Not reaching the outside now says nothing about the try before.
        if (again.status !== 'unavailable') outcome = again
      }
      performed.push({ name: request.name, policy: request.policy, outcome })
      if (natural !== undefined && outcome.status === 'ok') first.set(natural, outcome)
      return outcome
    },
  }
}
