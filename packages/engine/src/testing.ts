/** For tests of trees and leaves: a journal in memory. Nothing here is durable. */
import { EngineFault } from './tree/faults.ts'
import { canonicalJson, sha256 } from './tree/hash.ts'
import type { Arrivals, EffectOutcome, Journal } from './run/journal.ts'

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
  /** In which order nodes that were at work at once came back, given ones first; empty unless that is recorded. */
  readonly arrived: string[]
}

/**
 * Records outcomes and gives back recorded ones: the same attempt is performed once, and once it was `ok` it is not
 * performed again under the same key. Given a list of arrivals, it has them followed, and records those that come after.
 */
export function memoryJournal(recorded: readonly JournalEntry[] = [], arrivals?: readonly string[]): MemoryJournal {
  const entries = [...recorded]
  const byKey = Map.groupBy(entries, ({ key }) => key)
  const performed: string[] = []
  const arrived = [...(arrivals ?? [])]
  const { signal } = new AbortController()
  return {
    entries,
    performed,
    arrived,
    ...(arrivals !== undefined && { arrivals: following(arrived) }),
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

/** Adds to the list when all of it was followed. */
function following(arrived: string[]): Arrivals {
  let followed = 0
  return {
    next: () => arrived[followed],
    note(arrival) {
      const expected = arrived[followed]
      if (expected !== undefined && expected !== arrival) {
        throw new EngineFault('journal_mismatch', `${arrival} came back, and ${expected} is recorded`)
      }
      arrived[followed++] = arrival
    },
  }
}
