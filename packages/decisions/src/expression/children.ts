import type { Cell, Expr, Test } from './expr.ts'

/** The expressions directly inside one. */
export function childrenOf(expr: Expr): Expr[] {
  switch (expr.op) {
    case 'literal':
    case 'temporal':
    case 'name':
    case 'subject':
      return []
    case 'path':
    case 'negate':
    case 'instance':
      return [expr.of]
    case 'arithmetic':
    case 'compare':
    case 'and':
    case 'or':
      return [expr.left, expr.right]
    case 'between':
      return [expr.of, expr.low, expr.high]
    case 'in':
      return [expr.of, ...expr.tests.flatMap(expressionsOf)]
    case 'range':
      return [expr.low, expr.high].filter((end) => end !== undefined)
    case 'list':
      return expr.items
    case 'context':
      return expr.entries.map(({ value }) => value)
    case 'filter':
      return [expr.of, expr.by]
    case 'if':
      return [expr.condition, expr.yes, expr.no]
    case 'for':
    case 'some':
    case 'every':
      return [...expr.over.flatMap((one) => (one.to ? [one.in, one.to] : [one.in])), expr.each]
    case 'function':
      return [expr.body]
    case 'call':
      return [expr.target, ...expr.arguments.map((one) => ('op' in one ? one : one.value))]
  }
}

export function expressionsOf(test: Test): Expr[] {
  if (test.test === 'any') return []
  return test.test === 'not' ? test.of.flatMap(expressionsOf) : [test.value]
}

/** Does it ask about `?`, outside of tests that have a `?` of their own? */
export const usesSubject = (expr: Expr): boolean => expr.op === 'subject' || childrenOf(expr).some(usesSubject)

/**
 * The names it takes from around it, each once. Inside a filter a name can be a property of the items, so names that
 * only stand there are left out.
 */
export function freeNames(cell: Cell): string[] {
  const found = new Set<string>()
  for (const expr of cell.flatMap(expressionsOf)) collect(expr, new Set(), found)
  return [...found]
}

function collect(expr: Expr, bound: ReadonlySet<string>, found: Set<string>): void {
  if (expr.op === 'name') {
    if (!bound.has(expr.name)) found.add(expr.name)
    return
  }
  if (expr.op === 'filter') return collect(expr.of, bound, found)
  const inner = new Set([...bound, ...boundBy(expr)])
  for (const child of childrenOf(expr)) collect(child, inner, found)
}

function boundBy(expr: Expr): string[] {
  if (expr.op === 'context') return expr.entries.map(({ key }) => key)
  if (expr.op === 'function') return expr.parameters.map(({ name }) => name)
  return 'over' in expr ? ['partial', ...expr.over.map(({ name }) => name)] : []
}
