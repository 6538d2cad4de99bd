import type { Cell, Expr, Test } from '../expression/expr.ts'
import type { Names } from '../expression/names.ts'
import { Cursor } from './cursor.ts'
import { readExpression, readTest } from './expression.ts'

/**
 * S-FEEL, the simple language of tables, and a little more that costs no more: `and`, `or`, `between`, `in`, `?`.
 *
 *   cell = "-" | "not" "(" tests ")" | tests        tests = test { "," test }
 *   test = ("<" | "<=" | ">" | ">=" | "=" | "!=") expression | expression
 *
 * Throws a Refusal: `beyond` at what full FEEL may understand, else at what is wrong.
 */
export function parseCell(text: string, names: Names): Cell {
  const tokens = new Cursor(text, names)
  if (tokens.token.kind === 'end') tokens.refuse('The cell is empty.', 'Write `-` for any value.')
  if (tokens.is('-')) {
    const dash = tokens.take()
    if (tokens.token.kind === 'end') return [{ test: 'any' }]
    if (tokens.is(',')) tokens.refuse('`-` stands alone: it already means any value.', 'Remove the rest.', dash)
    return readTests(new Cursor(text, names), 'end')
  }
  if (!tokens.is('not')) return readTests(tokens, 'end')
  tokens.take()
  if (!tokens.is('(')) tokens.refuse('`not` needs brackets.', 'Write not(…).')
  const open = tokens.take()
  const of = readTests(tokens, ')')
  tokens.expect(')', open)
  if (tokens.token.kind !== 'end') tokens.beyond()
  return [{ test: 'not', of }]
}

export function parseExpression(text: string, names: Names): Expr {
  const tokens = new Cursor(text, names)
  if (tokens.token.kind === 'end') tokens.refuse('The expression is empty.', 'Write a value, or `null`.')
  const expr = readExpression(tokens)
  if (tokens.token.kind !== 'end') refuseRest(tokens)
  return expr
}

function readTests(tokens: Cursor, end: 'end' | ')'): Test[] {
  const tests = [readTest(tokens)]
  while (tokens.takeIf(',')) tests.push(readTest(tokens))
  if (end === 'end' ? tokens.token.kind !== 'end' : !tokens.is(end) && tokens.token.kind !== 'end') refuseRest(tokens)
  return tests
}

/** Something is complete, but something follows it. */
function refuseRest(tokens: Cursor): never {
  if (tokens.is('[', '(', '.', 'instance', 'in')) tokens.beyond()
  const { kind } = tokens.token
  if (kind === 'name') {
    tokens.refuse(
      `${tokens.source()} does not continue what stands before it.`,
      'Put text of several words in double quotes; separate values by commas.',
    )
  }
  return tokens.refuse(`Expected the end, found ${tokens.source()}.`, 'Separate values by commas.')
}
