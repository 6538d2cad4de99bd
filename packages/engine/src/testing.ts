/** For tests of trees and leaves: a journal in memory. Nothing here is durable. */
import { EngineFault } from './tree/faults.ts'
import { canonicalJson, sha256 } from './tree/hash.ts'
import type { EffectOutcome, Journal } from './run/journal.ts'

export interface JournalEntry {
  key: string
  name: string
  /** Of a retry, counted from 0. */
  attempt: number
  argsHash: string
  outcome: EffectOutcome
}

export interface MemoryJournal extends Journal {
  /** Everything recorded, given entries first; JSON. */
  readonly entries: JournalEntry[]
  /** Keys that were really performed, in order. */
  readonly performed: string[]
}

/**
 * Records outcomes and gives back recorded ones: the same attempt is performed once, and once it was `ok` it is not
 * performed again under the same key.
 */
export function memoryJournal(recorded: readonly JournalEntry[] = []): MemoryJournal {
  const entries = [...recorded]
  const byKey = Map.groupBy(entries, ({ key }) => key)
  const performed: string[] = []
  const { signal } = new AbortController()
  return {
    entries,
    performed,
    async effect({ key, name, args, attempt }, perform) {
      const argsHash = sha256(canonicalJson(args))
      const same = byKey.get(key) ?? []
      const known =
        same.find((entry) => entry.attempt === attempt) ??
        same.find((entry) => entry.attempt < attempt && entry.outcome.status === 'ok')
      if (known !== undefined) {
        if (known.argsHash === argsHash) return known.outcome
        throw new EngineFault('journal_mismatch', `"${name}" was recorded with other arguments`)
      }
      performed.push(key)
      const outcome = await perform(key, signal)
      const entry = { key, name, attempt, argsHash, outcome }
      entries.push(entry)
      byKey.set(key, [...same, entry])
      return outcome
    },
  }
}
