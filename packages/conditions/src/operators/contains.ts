import { equalTo, type Holds } from '../comparing/equal.ts'
import { isScalar } from '../comparing/scalars.ts'
import { fold } from '../comparing/words.ts'
import type { Contains, Env, Operand } from '../condition.ts'
import { checkOperand, printOperand } from '../operands.ts'
import { neverContains } from '../typing/containing.ts'
import { checkPath, printPath } from '../words.ts'
import type { Operator } from './operator.ts'

/** A list contains a value equal to it; text contains it as a part, without regard to case. Else unknown. */
export const contains: Operator<Contains> = {
  ops: ['contains'],
  structured: { contains: (field, value) => ({ op: 'contains', field, value }) },
  read: (tokens, field) => (tokens.takeIf('contains') ? { op: 'contains', field, value: tokens.operand() } : undefined),
  check: ({ field, value }) => ({ op: 'contains', field: checkPath(field), value: checkOperand(value) }),
  print: ({ field, value }) => `${printPath(field)} contains ${printOperand(value)}`,
  operands: ({ value }) => [value],
  looks: () => ['containment'],
  misuses: ({ value }, typing) => neverContains(typing, value),
  compile({ value }) {
    const equal = equalTo(value)
    const partOf = foldedPart(value)
    return (actual, env) => {
      const part = partOf(env)
      if (part === undefined) return undefined
      if (typeof actual === 'string') return fold(actual).includes(part)
      return Array.isArray(actual) ? isElement(actual, equal, env) : undefined
    }
  },
}

function foldedPart(value: Operand): (env: Env) => string | undefined {
  if (typeof value !== 'object') {
    const part = fold(String(value))
    return () => part
  }
  const { path } = value
  return (env) => {
    const other = env.read(path)
    return isScalar(other) ? fold(String(other)) : undefined
  }
}

/** An element that cannot be compared (null, an object) is not the one looked for. */
function isElement(list: readonly unknown[], equal: Holds, env: Env): boolean {
  for (const element of list) if (equal(element, env) === true) return true
  return false
}
