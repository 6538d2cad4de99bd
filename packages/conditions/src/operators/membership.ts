import { equalToAny } from '../comparing/equal.ts'
import type { Membership, Operand } from '../condition.ts'
import { checkOperands, printOperand } from '../operands.ts'
import type { Cursor } from '../text/cursor.ts'
import { neverEqual, notOne } from '../typing/misuses.ts'
import { checkPath, printPath } from '../words.ts'
import type { Operator } from './operator.ts'

/** `in` is `==` with one of them, `not in` its negation. */
export const membership: Operator<Membership> = {
  ops: ['in', 'not_in'],
  structured: {
    in: (field, values) => ({ op: 'in', field, values }),
    not_in: (field, values) => ({ op: 'not_in', field, values }),
  },
  read(tokens, field) {
    if (tokens.takeIf('in')) return { op: 'in', field, values: list(tokens) }
    if (tokens.takeIf('not', 'in')) return { op: 'not_in', field, values: list(tokens) }
    return undefined
  },
  check: ({ op, field, values }) => ({
    op: op === 'in' ? 'in' : 'not_in',
    field: checkPath(field),
    values: checkOperands(values),
  }),
  print: ({ op, field, values }) =>
    `${printPath(field)} ${op === 'in' ? 'in' : 'not in'} [${values.map(printOperand).join(', ')}]`,
  operands: ({ values }) => values,
  looks: () => ['membership'],
  misuses({ values }, typing) {
    const several = notOne(typing)
    return several.length > 0 ? several : values.flatMap((value, index) => neverEqual(typing, value, index))
  },
  compile: ({ op, values }) => equalToAny(values, op === 'in'),
}

function list(tokens: Cursor): Operand[] {
  if (!tokens.takeIf('[')) {
    tokens.refuse(
      `Expected a list, found ${tokens.source()}.`,
      'Write the values in brackets: `in [delivered, shipped]`.',
    )
  }
  if (tokens.is(']')) tokens.refuse('The list is empty, so nothing is in it.', 'Name at least one value.')
  const values = [tokens.operand()]
  while (tokens.takeIf(',')) values.push(tokens.operand())
  if (!tokens.takeIf(']')) {
    tokens.refuse(
      `Expected \`,\` or \`]\`, found ${tokens.source()}.`,
      'Separate values by commas and close the list with `]`.',
    )
  }
  return values
}
