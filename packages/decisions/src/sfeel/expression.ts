import type { Comparison, Expr, Sign, TemporalType, Test } from '../expression/expr.ts'
import { exampleOf, parseTemporal } from '../values/temporal.ts'
import type { Cursor } from './cursor.ts'
import { readPath } from './path.ts'
import { beyondWords, comparisons, instead, joiningWords } from './words.ts'

/**
 * either = both { "or" both }      both = one { "and" one }
 * one    = sum [ comparison sum | "between" sum "and" sum | "in" (test | "(" tests ")") ]
 * sum    = product { ("+" | "-") product }      product = power { ("*" | "/") power }
 * power  = signed { "**" signed }      signed = "-" signed | value { "." name }
 */
export function readExpression(tokens: Cursor): Expr {
  let left = readBoth(tokens)
  while (tokens.takeIf('or')) left = { op: 'or', left, right: readBoth(tokens) }
  return left
}

function readBoth(tokens: Cursor): Expr {
  let left = readOne(tokens)
  while (tokens.takeIf('and')) left = { op: 'and', left, right: readOne(tokens) }
  return left
}

function readOne(tokens: Cursor): Expr {
  const left = readSum(tokens)
  if (tokens.is(...comparisons)) {
    const is = tokens.take().value as Comparison
    const expr: Expr = { op: 'compare', is, left, right: readSum(tokens) }
    if (tokens.is(...comparisons)) tokens.refuse('Comparisons cannot be chained.', 'Write `between … and …`.')
    return expr
  }
  if (tokens.takeIf('between')) {
    const low = readSum(tokens)
    if (!tokens.takeIf('and')) tokens.refuse(`Expected \`and\`, found ${tokens.source()}.`, 'Write between 1 and 9.')
    return { op: 'between', of: left, low, high: readSum(tokens) }
  }
  return tokens.takeIf('in') ? readIn(tokens, left) : left
}

export function readTest(tokens: Cursor): Test {
  if (!tokens.is(...comparisons)) return { test: 'value', value: readExpression(tokens) }
  const is = tokens.take().value as Comparison
  return { test: 'compare', is, value: readExpression(tokens) }
}

function readIn(tokens: Cursor, of: Expr): Expr {
  // A bracket can open a list of tests, a range or an expression: full FEEL tells which.
  if (tokens.is('(', '[', ']')) tokens.beyond()
  return { op: 'in', of, tests: [readTest(tokens)] }
}

function readSum(tokens: Cursor): Expr {
  let left = readProduct(tokens)
  while (tokens.is('+', '-')) left = arithmetic(tokens, left, readProduct)
  return left
}

function readProduct(tokens: Cursor): Expr {
  let left = readPower(tokens)
  while (tokens.is('*', '/')) left = arithmetic(tokens, left, readPower)
  return left
}

function readPower(tokens: Cursor): Expr {
  let left = readSigned(tokens)
  while (tokens.is('**')) left = arithmetic(tokens, left, readSigned)
  return left
}

function arithmetic(tokens: Cursor, left: Expr, read: (tokens: Cursor) => Expr): Expr {
  const sign = tokens.take().value as Sign
  return { op: 'arithmetic', sign, left, right: read(tokens) }
}

function readSigned(tokens: Cursor): Expr {
  if (!tokens.takeIf('-')) return readPath(tokens, readValue)
  const of = tokens.deeper(() => readSigned(tokens))
  if (of.op === 'literal' && typeof of.value === 'number') return { op: 'literal', value: 0 - of.value }
  return { op: 'negate', of }
}

function readValue(tokens: Cursor): Expr {
  const { kind, value } = tokens.token
  switch (kind) {
    case 'number':
      return { op: 'literal', value: readNumber(tokens) }
    case 'text':
      return { op: 'literal', value: tokens.take().value }
    case 'name':
      return readWord(tokens)
    case 'sign':
      if (value === '?') return tokens.take() && { op: 'subject' }
      if (value === '@') return readAt(tokens)
      if (value === '(' || value === '[' || value === ']') return readBracket(tokens)
      if (value === '{') tokens.beyond()
      break
    case 'end':
  }
  const better = instead.get(value)
  const fix = better === undefined ? 'Put text in double quotes.' : `Write \`${better}\`.`
  return tokens.refuse(`Expected a value, found ${tokens.source()}.`, fix)
}

function readNumber(tokens: Cursor): number {
  const number = Number(tokens.token.value)
  if (!Number.isFinite(number)) tokens.refuse(`${tokens.source()} is too large.`, 'Write a smaller number.')
  tokens.take()
  return number
}

function readWord(tokens: Cursor): Expr {
  const { value } = tokens.token
  if (value === 'true' || value === 'false') return tokens.take() && { op: 'literal', value: value === 'true' }
  if (value === 'null') return tokens.take() && { op: 'literal', value: null }
  if (beyondWords.has(value) || value === 'not') tokens.beyond()
  if (joiningWords.has(value)) tokens.refuse(`Expected a value, found ${tokens.source()}.`)
  tokens.take()
  if (value === 'date' && tokens.is('and')) {
    tokens.take()
    if (!tokens.is('time')) tokens.refuse(`Expected \`date and time(…)\`, found ${tokens.source()}.`)
    tokens.take()
    return readTemporal(tokens, 'date and time')
  }
  if (!tokens.is('(')) return { op: 'name', name: value }
  if (value === 'date' || value === 'time' || value === 'duration') return readTemporal(tokens, value)
  if (value === 'date and time') return readTemporal(tokens, value)
  return tokens.beyond()
}

/** Only of a constant text; to make a date of anything else is beyond S-FEEL. */
function readTemporal(tokens: Cursor, type: TemporalType): Expr {
  const open = tokens.token
  if (!tokens.takeIf('(')) tokens.refuse(`Expected \`(\`, found ${tokens.source()}.`, `Write ${exampleOf(type)}.`)
  if (tokens.token.kind !== 'text') tokens.beyond()
  const expr = readText(tokens, type)
  if (tokens.is(',')) tokens.beyond()
  tokens.expect(')', open)
  return expr
}

function readAt(tokens: Cursor): Expr {
  tokens.take()
  if (tokens.token.kind !== 'text') tokens.refuse(`Expected text, found ${tokens.source()}.`, 'Write @"2026-01-31".')
  return readText(tokens, '@')
}

function readText(tokens: Cursor, type: TemporalType): Expr {
  const text = tokens.token.value
  if (!parseTemporal(type, text)) {
    const what = type === '@' ? 'date, time or duration' : type
    tokens.refuse(`${tokens.source()} is no ${what}.`, `Write for example ${exampleOf(type)}.`)
  }
  tokens.take()
  return { op: 'temporal', type, text }
}

/** A range, or an expression in brackets. `]1..2[` leaves both ends out, like `(1..2)`. */
function readBracket(tokens: Cursor): Expr {
  const open = tokens.take()
  return tokens.deeper(() => {
    if (tokens.is(...comparisons) || tokens.is(']')) return tokens.beyond()
    const low = readExpression(tokens)
    if (!tokens.takeIf('..')) {
      if (open.value !== '(') tokens.beyond()
      tokens.expect(')', open)
      return low
    }
    const high = readExpression(tokens)
    if (!tokens.is(']', ')', '[')) tokens.refuse(`This range is not closed.`, 'Close it with `]` or `)`.', open)
    return { op: 'range', low, high, lowIncluded: open.value === '[', highIncluded: tokens.take().value === ']' }
  })
}
