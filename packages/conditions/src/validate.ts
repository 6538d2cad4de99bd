import type { Condition, Leaf } from './condition.ts'
import { limits } from './limits.ts'
import { findOperator, ops } from './operators/all.ts'
import { Refusal, shorten } from './refusal.ts'

/** A condition out of JSON from anywhere: checked, with nothing in it but what belongs there. Throws, saying where. */
export function validateCondition(json: unknown): Condition {
  return new Check().condition(json, 'condition', 1)
}

class Check {
  #parts = 0

  condition(json: unknown, place: string, depth: number): Condition {
    if (typeof json !== 'object' || json === null || Array.isArray(json)) {
      refuse(place, 'A condition is an object with `op`.')
    }
    if (depth > limits.depth) refuse(place, `More than ${limits.depth} conditions inside each other.`)
    this.#count(1, place)
    // A copy, so that nothing is read through a prototype.
    const own = Object.assign(Object.create(null), json) as Record<string, unknown>
    const { op, of } = own
    if (op !== 'and' && op !== 'or' && op !== 'not') return this.#leaf(own, place)
    refuseOthers(own, ['op', 'of'], place)
    if (op === 'not') return { op, of: this.condition(of, `${place}.of`, depth + 1) }
    if (!Array.isArray(of) || of.length === 0) refuse(place, '`of` is a list of conditions.')
    return { op, of: of.map((part, index) => this.condition(part, `${place}.of.${index}`, depth + 1)) }
  }

  #leaf(own: Record<string, unknown>, place: string): Leaf {
    const operator = findOperator(own.op)
    if (!operator) refuse(place, `\`op\` is one of and, or, not, ${ops.join(', ')}.`)
    this.#count(Array.isArray(own.values) ? own.values.length : 0, place)
    const leaf = checked(() => operator.check(own), place)
    refuseOthers(own, Object.keys(leaf), place)
    return leaf
  }

  #count(parts: number, place: string): void {
    this.#parts += parts
    if (this.#parts > limits.conditions) refuse(place, `More than ${limits.conditions} conditions and values.`)
  }
}

function checked(check: () => Leaf, place: string): Leaf {
  try {
    return check()
  } catch (error) {
    if (error instanceof Refusal) refuse(place, error.message)
    throw error
  }
}

function refuseOthers(own: object, expected: readonly string[], place: string): void {
  const other = Object.keys(own).find((key) => !expected.includes(key))
  if (other !== undefined) refuse(place, `\`${shorten(other)}\` does not belong here; expected ${expected.join(', ')}.`)
}

function refuse(place: string, message: string): never {
  throw new Refusal(`${place}: ${message}`)
}
