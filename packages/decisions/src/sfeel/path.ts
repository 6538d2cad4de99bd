import type { Expr } from '../expression/expr.ts'
import { fieldsOf, type Names, type Shape } from '../expression/names.ts'
import type { Cursor } from './cursor.ts'

const unknown: Names = new Map()

/** A value and the parts of it that are named behind points. */
export function readPath(tokens: Cursor, readValue: (tokens: Cursor) => Expr): Expr {
  let shape: Shape | undefined = tokens.shape()
  let expr = readValue(tokens)
  if (expr.op !== 'name') shape = undefined
  while (tokens.is('.')) {
    const fields = fieldsOf(shape)
    tokens.take(fields ?? unknown)
    if (tokens.token.kind !== 'name') tokens.refuse(`Expected a name, found ${tokens.source()}.`)
    const name = tokens.take().value
    shape = fields?.get(name)
    expr = { op: 'path', of: expr, name }
  }
  return tokens.is('[', '(') ? tokens.beyond() : expr
}
