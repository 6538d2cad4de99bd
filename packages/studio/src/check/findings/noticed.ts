import type { State } from '../explore/state.ts'
import type { Notes } from '../walk/room.ts'
import type { Walk } from '../walk/walk.ts'

/** Where something was noticed first. */
export interface Sighting {
  stage: string
  state: State
  story: readonly string[]
}

/** What the exploration came past, each thing at its first sighting. */
export interface Noticed {
  holes: Map<string, Sighting & { field: string; certain: boolean }>
  reads: Map<string, Sighting & { field: string; everKnown: boolean }>
  /** Branches that were taken, by stage. */
  branches: Map<string, Set<number>>
  gaps: Map<string, Sighting>
  stuck: Map<string, Sighting>
  repeats: Map<string, Sighting & { operation: string }>
}

export function createNoticed(): { noticed: Noticed; notesAt: (state: State) => Notes } {
  const noticed: Noticed = {
    holes: new Map(),
    reads: new Map(),
    branches: new Map(),
    gaps: new Map(),
    stuck: new Map(),
    repeats: new Map(),
  }
  const notesAt = (state: State): Notes => {
    const sighted = (stage: string, { story }: Walk): Sighting => ({ stage, state, story })
    return {
      hole: (stage, field, certain, walk) =>
        first(noticed.holes, `${stage} ${field} ${certain}`, () => ({ ...sighted(stage, walk), field, certain })),
      read(stage, field, isKnown, walk) {
        const key = `${stage} ${field}`
        first(noticed.reads, key, () => ({ ...sighted(stage, walk), field, everKnown: false }))
        if (isKnown) noticed.reads.get(key)!.everKnown = true
      },
      branch: (stage, at) => void noticed.branches.set(stage, (noticed.branches.get(stage) ?? new Set()).add(at)),
      gap: (stage, walk) => first(noticed.gaps, stage, () => sighted(stage, walk)),
      stuck: (stage, walk) => first(noticed.stuck, stage, () => sighted(stage, walk)),
      repeat: (stage, operation, walk) =>
        first(noticed.repeats, `${stage} ${operation}`, () => ({ ...sighted(stage, walk), operation })),
    }
  }
  return { noticed, notesAt }
}

function first<Value>(map: Map<string, Value>, key: string, value: () => Value): void {
  if (!map.has(key)) map.set(key, value())
}
