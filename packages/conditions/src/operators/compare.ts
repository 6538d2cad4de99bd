import { equalTo } from '../comparing/equal.ts'
import { isOrder, ordered } from '../comparing/ordered.ts'
import type { Compare, Leaf } from '../condition.ts'
import { checkOperand, printOperand } from '../operands.ts'
import { Refusal } from '../refusal.ts'
import type { Cursor } from '../text/cursor.ts'
import { neverEqual, noOrder, notOne } from '../typing/misuses.ts'
import { checkPath, printPath } from '../words.ts'
import type { Operator } from './operator.ts'

const unordered = 'True and false have no order.'

function read(tokens: Cursor, field: string): Leaf | undefined {
  const sign = tokens.peek()
  const is = tokens.is('=') ? '==' : sign.value
  if (sign.kind !== 'symbol' || (is !== '==' && is !== '!=' && !isOrder(is))) return undefined
  tokens.take()
  // Null is what a missing field is, so this asks for presence.
  if (!isOrder(is) && tokens.takeIf('null')) return { op: is === '==' ? 'missing' : 'exists', field }
  const value = tokens.operand()
  if (isOrder(is) && typeof value === 'boolean') tokens.refuse(unordered, 'Compare with `==` or `!=`.', sign)
  return { op: 'compare', field, is, value }
}

const structured =
  (is: Compare['is']) =>
  (field: string, value: unknown): object =>
    value === null && !isOrder(is)
      ? { op: is === '==' ? 'missing' : 'exists', field }
      : { op: 'compare', field, is, value }

export const compare: Operator<Compare> = {
  ops: ['compare'],
  structured: {
    eq: structured('=='),
    neq: structured('!='),
    gt: structured('>'),
    gte: structured('>='),
    lt: structured('<'),
    lte: structured('<='),
  },
  read,
  check({ field, is, value }) {
    if (is !== '==' && is !== '!=' && !isOrder(is)) throw new Refusal('`is` is one of == != < <= > >=.')
    const operand = checkOperand(value)
    if (isOrder(is) && typeof operand === 'boolean') throw new Refusal(unordered, { fix: 'Compare for equality.' })
    return { op: 'compare', field: checkPath(field), is, value: operand }
  },
  print: ({ field, is, value }) => `${printPath(field)} ${is} ${printOperand(value)}`,
  operands: ({ value }) => [value],
  looks: ({ is }) => [isOrder(is) ? 'order' : 'equality'],
  misuses({ is, value }, typing) {
    const several = notOne(typing)
    if (several.length > 0) return several
    return isOrder(is) ? noOrder(typing, value, 0) : neverEqual(typing, value, 0)
  },
  compile: ({ is, value }) => (isOrder(is) ? ordered(is, value) : equalTo(value, is === '==')),
}
