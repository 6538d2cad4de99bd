import { isChain, type Condition, type Leaf } from './condition.ts'
import { limits } from './limits.ts'
import { Refusal } from './refusal.ts'

/**
 * The conditions on fields, in order of appearance. Refuses what is too deep or too large for whoever goes on to walk it
 * by calling itself: conditions can also be composed in code, where nothing has counted yet.
 */
export function leavesOf(condition: Condition): Leaf[] {
  const leaves: Leaf[] = []
  const ahead: { condition: Condition; depth: number }[] = [{ condition, depth: 1 }]
  let parts = 0
  for (let next = ahead.pop(); next; next = ahead.pop()) {
    const { condition: one, depth } = next
    parts += 1
    if (depth > limits.depth) throw new Refusal(`More than ${limits.depth} conditions inside each other.`)
    if (parts > limits.conditions) throw new Refusal(`More than ${limits.conditions} conditions and values.`)
    if (one.op === 'not') ahead.push({ condition: one.of, depth: depth + 1 })
    else if (isChain(one)) for (const part of one.of.toReversed()) ahead.push({ condition: part, depth: depth + 1 })
    else leaves.push(one)
  }
  return leaves
}
