import type { HitPolicy } from './hit-policy.ts'

export const first: HitPolicy = {
  stopsAtFirst: true,
  choose(hits, columns) {
    const chosen = hits.slice(0, 1)
    return { value: chosen[0] ? columns.single(chosen[0]) : null, hits: chosen }
  },
}
