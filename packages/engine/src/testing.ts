/** For tests of trees and leaves: a journal in memory. Nothing here is durable. */
import { EngineFault } from './tree/faults.ts'
import { canonicalJson, sha256 } from './tree/hash.ts'
import type { EffectOutcome, Journal } from './run/journal.ts'

export interface JournalEntry {
  key: string
  name: string
  argsHash: string
  outcome: EffectOutcome
}

export interface MemoryJournal extends Journal {
  /** Everything recorded, given entries first; JSON. */
  readonly entries: JournalEntry[]
  /** Keys that were really performed, in order. */
  readonly performed: string[]
}

/** Records outcomes and gives back recorded ones: the same key is performed once. */
export function memoryJournal(recorded: readonly JournalEntry[] = []): MemoryJournal {
  const entries = [...recorded]
  const performed: string[] = []
  const { signal } = new AbortController()
  return {
    entries,
    performed,
    async effect({ key, name, args }, perform) {
      const argsHash = sha256(canonicalJson(args))
      const known = entries.find((entry) => entry.key === key)
      if (known !== undefined) {
        if (known.argsHash === argsHash) return known.outcome
        throw new EngineFault('journal_mismatch', `"${name}" was recorded with other arguments`)
      }
      performed.push(key)
      const outcome = await perform(key, signal)
      entries.push({ key, name, argsHash, outcome })
      return outcome
    },
  }
}
