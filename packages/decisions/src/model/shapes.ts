import type { Expr } from '../expression/expr.ts'
import { fieldsOf, noShape, type Names, type Shape } from '../expression/names.ts'

/** What can be told of a value's parts from the expression that makes it. */
export function shapeOfExpr(expr: Expr, names: Names): Shape {
  switch (expr.op) {
    case 'name':
      return names.get(expr.name) ?? noShape
    case 'path':
      return fieldsOf(shapeOfExpr(expr.of, names))?.get(expr.name) ?? noShape
    case 'context':
      return { fields: new Map(expr.entries.map(({ key, value }) => [key, shapeOfExpr(value, names)])) }
    case 'list':
      return { item: expr.items[0] ? shapeOfExpr(expr.items[0], names) : noShape }
    case 'filter':
      return shapeOfExpr(expr.of, names)
    case 'if':
      return shapeOfExpr(expr.yes, names)
    case 'for':
      return { item: shapeOfExpr(expr.each, names) }
    case 'literal':
    case 'temporal':
    case 'subject':
    case 'arithmetic':
    case 'negate':
    case 'compare':
    case 'and':
    case 'or':
    case 'between':
    case 'in':
    case 'range':
    case 'some':
    case 'every':
    case 'instance':
    case 'function':
    case 'call':
      return noShape
  }
}
