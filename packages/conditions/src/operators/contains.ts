import { equalTo } from '../comparing/against.ts'
import { fold, isScalar } from '../comparing/scalars.ts'
import type { Contains } from '../condition.ts'
import { checkOperand, pathsOf, printOperand } from '../operands.ts'
import { checkPath, printPath } from '../words.ts'
import type { Operator } from './operator.ts'

/** A list contains a value equal to it; text contains it as a part, without regard to case. Else unknown. */
export const contains: Operator<Contains> = {
  ops: ['contains'],
  structured: { contains: (field, value) => ({ op: 'contains', field, value }) },
  read: (tokens, field) => (tokens.takeIf('contains') ? { op: 'contains', field, value: tokens.operand() } : undefined),
  check: ({ field, value }) => ({ op: 'contains', field: checkPath(field), value: checkOperand(value) }),
  print: ({ field, value }) => `${printPath(field)} contains ${printOperand(value)}`,
  others: ({ value }) => pathsOf([value]),
  compile({ value }) {
    const equal = equalTo(value)
    return (actual, env) => {
      const part = typeof value === 'object' ? env.read(value.path) : value
      if (!isScalar(part)) return undefined
      if (typeof actual === 'string') return fold(actual).includes(fold(String(part)))
      // An element that cannot be compared (null, an object) is not the one looked for.
      return Array.isArray(actual) ? actual.some((element) => equal(element, env) === true) : undefined
    }
  },
}
