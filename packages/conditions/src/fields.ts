import type { Condition } from './condition.ts'
import { pathsOf } from './operands.ts'
import { operatorOf } from './operators/all.ts'
import { leavesOf } from './walk.ts'

/** Every field a condition reads, each once, in order of appearance. */
export const fieldsOf = (condition: Condition): string[] => [
  ...new Set(leavesOf(condition).flatMap((leaf) => [leaf.field, ...pathsOf(operatorOf(leaf.op).operands(leaf))])),
]
