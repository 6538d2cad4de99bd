import type { Condition } from './condition.ts'
import { limits } from './limits.ts'
import { findOperator } from './operators/all.ts'
import { Refusal } from './refusal.ts'

/** A condition out of JSON from anywhere: checked, with nothing in it but what belongs there. Throws, saying where. */
export function validateCondition(json: unknown): Condition {
  let parts = 0
  const check = (value: unknown, place: string, depth: number): Condition => {
    const refuse = (message: string): never => {
      throw new Refusal(`${place}: ${message}`)
    }
    parts += 1
    if (depth > limits.depth) return refuse(`More than ${limits.depth} conditions inside each other.`)
    if (parts > limits.parts) return refuse(`More than ${limits.parts} conditions and values.`)
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      return refuse('A condition is an object with `op`.')
    const known = { ...value } as Record<string, unknown>
    const { op, of } = known
    if (op === 'not') {
      refuseOthers(known, ['op', 'of'], refuse)
      return { op, of: check(of, `${place}.of`, depth + 1) }
    }
    if (op === 'and' || op === 'or') {
      refuseOthers(known, ['op', 'of'], refuse)
      if (!Array.isArray(of) || of.length === 0) return refuse('`of` is a list of conditions.')
      return { op, of: of.map((part, index) => check(part, `${place}.of.${index}`, depth + 1)) }
    }
    const operator = findOperator(op)
    if (!operator) return refuse(`There is no \`op\` ${JSON.stringify(op)}.`)
    parts += Array.isArray(known.values) ? known.values.length : 0
    if (parts > limits.parts) return refuse(`More than ${limits.parts} conditions and values.`)
    try {
      const leaf = operator.check(known)
      refuseOthers(known, Object.keys(leaf), refuse)
      return leaf
    } catch (error) {
      if (error instanceof Refusal && !error.message.startsWith(place)) return refuse(error.message)
      throw error
    }
  }
  return check(json, 'condition', 1)
}

function refuseOthers(value: object, expected: readonly string[], refuse: (message: string) => never): void {
  const other = Object.keys(value).find((key) => !expected.includes(key))
  if (other !== undefined) refuse(`\`${other}\` does not belong here; expected ${expected.join(', ')}.`)
}
