import { compare } from './compare.ts'
import { contains } from './contains.ts'
import { membership } from './membership.ts'
import type { Operator } from './operator.ts'
import { presence } from './presence.ts'
import { truthy } from './truthy.ts'
import { window } from './window.ts'

/** In the order in which text is tried; `truthy` takes whatever is left. */
export const operators: readonly Operator[] = [compare, membership, contains, presence, window, truthy]

const byOp = new Map<unknown, Operator>(operators.flatMap((operator) => operator.ops.map((op) => [op, operator])))

export const ops: readonly string[] = operators.flatMap((operator) => operator.ops)

export const findOperator = (op: unknown): Operator | undefined => byOp.get(op)

/** For an `op` that was checked. */
export function operatorOf(op: string): Operator {
  const found = byOp.get(op)
  if (!found) throw new Error(`No operator ${op}: the condition was not checked.`)
  return found
}
