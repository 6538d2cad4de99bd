import { compare, includes, passes } from '../values/compare.ts'
import { order } from '../values/order.ts'
import { Range, type Env, type Value } from '../values/value.ts'
import { usesSubject } from './children.ts'
import type { Cell, Comparison, Expr, Test } from './expr.ts'
import type { Evaluate, Lowering, Matches } from './lowering.ts'
import { parseTemporal } from '../values/temporal.ts'

/** One test that passes is enough; else one that is unknown makes it unknown. */
export function lowerCell(cell: Cell, to: Lowering): Matches {
  const [first, second, ...rest] = cell.map((test) => lowerTest(test, to))
  if (!first) return () => false
  if (!second) return first
  const tests = [first, second, ...rest]
  return (value, env) => {
    let result: boolean | null = false
    for (const test of tests) {
      const passed = test(value, env)
      if (passed === true) return true
      if (passed === null) result = null
    }
    return result
  }
}

function lowerTest(test: Test, to: Lowering): Matches {
  switch (test.test) {
    case 'any':
      return () => true
    case 'compare':
      return lowerComparison(test.is, test.value, to)
    case 'value':
      return lowerValue(test.value, to)
    case 'not':
      return lowerNot(test.of, to)
  }
}

/** Null passes only `= null`: what is not known is neither less nor more nor something else. */
function lowerComparison(is: Comparison, expr: Expr, to: Lowering): Matches {
  const constant = expr.op === 'literal' ? expr.value : undefined
  if (typeof constant === 'number') return compareNumber(is, constant)
  const evaluate = withSubject(expr, to)
  if (is === '=') return (value, env) => compare('=', value, evaluate(value, env), env.budget.take)
  return (value, env) => {
    const other = evaluate(value, env)
    if (value === null) return other === null && is === '!=' ? false : null
    return compare(is, value, other, env.budget.take)
  }
}

/** Most cells of most tables, so without a detour. */
function compareNumber(is: Comparison, constant: number): Matches {
  switch (is) {
    case '=':
      return (value) => (typeof value === 'number' ? value === constant : value === null ? false : null)
    case '!=':
      return (value) => (typeof value === 'number' ? value !== constant : null)
    case '<':
      return (value) => (typeof value === 'number' ? value < constant : null)
    case '<=':
      return (value) => (typeof value === 'number' ? value <= constant : null)
    case '>':
      return (value) => (typeof value === 'number' ? value > constant : null)
    case '>=':
      return (value) => (typeof value === 'number' ? value >= constant : null)
  }
}

function lowerValue(expr: Expr, to: Lowering): Matches {
  const fast = lowerConstant(expr)
  if (fast) return fast
  const asks = usesSubject(expr)
  const evaluate = withSubject(expr, to)
  return (value, env) => {
    const test = evaluate(value, env)
    if (typeof test === 'boolean') {
      // A truth about `?` is the answer itself; so is one where the value could never equal a truth.
      if (asks || (value !== null && typeof value !== 'boolean')) return test
    }
    // What could not be found or made is unknown, not unequal.
    if (test === null && (value !== null || asks || expr.op === 'range')) return null
    return passes(value, test, env.budget.take)
  }
}

/** Numbers, text, truths and ranges of constants, which need nothing to be evaluated. */
function lowerConstant(expr: Expr): Matches | undefined {
  if (expr.op === 'literal') {
    const constant = expr.value
    if (typeof constant === 'number') return compareNumber('=', constant)
    return (value) => value === constant || (value === null || typeof value === typeof constant ? false : null)
  }
  if (expr.op !== 'range') return undefined
  const low = constantOf(expr.low)
  const high = constantOf(expr.high)
  const { lowIncluded, highIncluded } = expr
  if (typeof low === 'number' && typeof high === 'number') {
    return (value) =>
      typeof value === 'number'
        ? (lowIncluded ? value >= low : value > low) && (highIncluded ? value <= high : value < high)
        : null
  }
  if (low === undefined || high === undefined || order(low, high) === undefined) return undefined
  const range = new Range(low, high, lowIncluded, highIncluded)
  return (value) => includes(range, value)
}

/** The value of an expression that is a constant. */
export function constantOf(expr: Expr | undefined): Value | undefined {
  if (expr?.op === 'literal') return expr.value
  return expr?.op === 'temporal' ? parseTemporal(expr.type, expr.text) : undefined
}

/** Unknown stays unknown, and null passes only where one of the tests says what it wants of null. */
function lowerNot(of: Test[], to: Lowering): Matches {
  const inner = lowerCell(of, to)
  const asks = of.some((test) => test.test === 'value' && usesSubject(test.value))
  return (value, env) => {
    const passed = inner(value, env)
    if (passed === null || (value === null && !passed && !asks)) return null
    return !passed
  }
}

function withSubject(expr: Expr, to: Lowering): (value: Value, env: Env) => Value {
  const evaluate: Evaluate = to.expression(expr)
  if (!usesSubject(expr)) return (_, env) => evaluate(env)
  return (value, env) => evaluate({ ...env, subject: value })
}
