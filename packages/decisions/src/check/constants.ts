import { Budget, BudgetSpent } from '../budget.ts'
import { childrenOf } from '../expression/children.ts'
import { ContextScope } from '../expression/env.ts'
import type { Cell, Expr, Test } from '../expression/expr.ts'
import { createLowering } from '../expression/lower.ts'
import type { Env, Value } from '../values/value.ts'

const lowering = createLowering()
const constantSteps = 2_000

export const emptyEnv = (steps?: number): Env => ({
  scope: new ContextScope({}),
  budget: new Budget(steps),
  subject: null,
  nowMs: undefined,
})

/** What an expression always comes to; undefined when that depends on anything, or is too much work. */
export function constantOf(expr: Expr): Value | undefined {
  if (!isClosed(expr)) return undefined
  try {
    return lowering.expression(expr)(emptyEnv(constantSteps))
  } catch (error) {
    if (error instanceof BudgetSpent) return undefined
    throw error
  }
}

/** Nothing from outside, and no functions, which could be named after an input. */
const isClosed = (expr: Expr): boolean =>
  !['name', 'subject', 'call', 'function', 'instance'].includes(expr.op) && childrenOf(expr).every(isClosed)

/**
 * The constants at which the answer of a cell can change: between two neighbours all values get the same answer.
 * Undefined when it depends on anything but the value and its order among constants.
 */
export function constantsOf(cell: Cell): Value[] | undefined {
  return allOf(cell.map(ofTest))
}

function ofTest(test: Test): Value[] | undefined {
  switch (test.test) {
    case 'any':
      return []
    case 'compare':
      return ofConstant(test.value)
    case 'value':
      return ofConstant(test.value) ?? ofTruth(test.value)
    case 'not':
      return constantsOf(test.of)
  }
}

function ofConstant(expr: Expr): Value[] | undefined {
  if (expr.op === 'range') return allOf([expr.low, expr.high].map((end) => (end ? ofConstant(end) : [])))
  if (expr.op === 'list') return allOf(expr.items.map(ofConstant))
  const value = constantOf(expr)
  return value === undefined ? undefined : [value]
}

/** Of a truth about `?` that compares it with constants. */
function ofTruth(expr: Expr): Value[] | undefined {
  if (expr.op === 'and' || expr.op === 'or') return allOf([ofTruth(expr.left), ofTruth(expr.right)])
  if (expr.op === 'compare') {
    if (expr.left.op === 'subject') return ofConstant(expr.right)
    return expr.right.op === 'subject' ? ofConstant(expr.left) : undefined
  }
  if ((expr.op !== 'between' && expr.op !== 'in') || expr.of.op !== 'subject') return undefined
  return expr.op === 'in' ? constantsOf(expr.tests) : allOf([ofConstant(expr.low), ofConstant(expr.high)])
}

const allOf = (parts: (Value[] | undefined)[]): Value[] | undefined =>
  parts.every((part) => part !== undefined) ? parts.flat() : undefined
