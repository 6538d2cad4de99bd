import type { Meter } from '../../values/equal.ts'
import type { Value } from '../../values/value.ts'
import type { Problem } from '../../problem.ts'
import type { Hit } from '../outcome.ts'
import type { Aggregation } from '../table.ts'

/** What a table makes of the rules that match. One file each. */
export interface HitPolicy {
  /** Nothing after the first match can change the output. */
  readonly stopsAtFirst?: true
  /** With at least one hit, in the order of the rules. */
  choose(hits: readonly Hit[], columns: Columns): Choice
  /** Without a hit or a default; null unless said otherwise. */
  nothing?(columns: Columns): Value
}

export interface Columns {
  readonly aggregation: Aggregation | undefined
  readonly meter: Meter
  /** One value, or a context of the named values. */
  single(hit: Hit): Value
  /** The more important first. */
  byPriority(a: Hit, b: Hit): number
}

export type Choice = { value: Value; hits: readonly Hit[] } | { problem: Problem }
