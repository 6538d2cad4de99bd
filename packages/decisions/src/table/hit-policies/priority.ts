import type { HitPolicy } from './hit-policy.ts'

/** The output that stands first in the lists of output values; of equal ones, the first rule's. */
export const priority: HitPolicy = {
  choose(hits, columns) {
    const chosen = hits.toSorted((a, b) => columns.byPriority(a, b)).slice(0, 1)
    return { value: chosen[0] ? columns.single(chosen[0]) : null, hits: chosen }
  },
}
