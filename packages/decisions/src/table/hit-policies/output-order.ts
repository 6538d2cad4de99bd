import type { HitPolicy } from './hit-policy.ts'

/** All outputs, in the order of the lists of output values. */
export const outputOrder: HitPolicy = {
  choose(hits, columns) {
    const sorted = hits.toSorted((a, b) => columns.byPriority(a, b))
    return { value: sorted.map((hit) => columns.single(hit)), hits: sorted }
  },
}
