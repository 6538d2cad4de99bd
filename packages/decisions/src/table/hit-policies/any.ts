import { equal } from '../../values/equal.ts'
import type { HitPolicy } from './hit-policy.ts'

export const any: HitPolicy = {
  choose(hits, columns) {
    const values = hits.map((hit) => columns.single(hit))
    const [value = null] = values
    if (values.every((one) => equal(one, value, columns.meter) === true)) return { value, hits }
    const rules = hits.map(({ rule }) => rule + 1)
    const message = `Rules ${rules.join(', ')} match and do not say the same. Narrow them, or make their outputs equal.`
    return { problem: { code: 'rules_disagree', message, rules } }
  },
}
