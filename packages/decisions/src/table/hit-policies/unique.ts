import type { HitPolicy } from './hit-policy.ts'

export const unique: HitPolicy = {
  choose(hits, columns) {
    const [hit, second] = hits
    if (hit && !second) return { value: columns.single(hit), hits }
    const rules = hits.map(({ rule }) => rule + 1)
    const message = `Rules ${rules.join(', ')} match, but only one may. Narrow them, or use another hit policy.`
    return { problem: { code: 'several_rules_match', message, rules } }
  },
}
