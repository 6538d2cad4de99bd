import type { HitPolicy } from './hit-policy.ts'

export const ruleOrder: HitPolicy = {
  choose: (hits, columns) => ({ value: hits.map((hit) => columns.single(hit)), hits }),
}
