import { plus } from '../../values/number.ts'
import { order } from '../../values/order.ts'
import type { Value } from '../../values/value.ts'
import type { Aggregation } from '../table.ts'
import type { HitPolicy } from './hit-policy.ts'

/** All outputs, or what they come to. Without a match they are 0 when counted, else null. */
export const collect: HitPolicy = {
  choose(hits, columns) {
    const values = hits.map((hit) => columns.single(hit))
    return { value: columns.aggregation ? aggregate(columns.aggregation, values) : values, hits }
  },
  nothing: ({ aggregation }) => (aggregation === 'count' ? 0 : null),
}

/** Null when the values cannot be added or compared. */
function aggregate(how: Aggregation, values: readonly Value[]): Value {
  switch (how) {
    case 'count':
      return values.length
    case 'sum':
      return values.reduce<Value>(
        (sum, value) => (typeof sum === 'number' && typeof value === 'number' ? plus(sum, value) : null),
        0,
      )
    case 'min':
      return extreme(values, 1)
    case 'max':
      return extreme(values, -1)
  }
}

function extreme(values: readonly Value[], sign: 1 | -1): Value {
  let best = values[0] ?? null
  for (const value of values) {
    const between = order(value, best)
    if (between === undefined) return null
    if (between * sign < 0) best = value
  }
  return best
}
