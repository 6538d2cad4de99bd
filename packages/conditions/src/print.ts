import { isChain, type Condition } from './condition.ts'
import { operatorOf } from './operators/all.ts'

/** Text that parses back to the same condition; parentheses only where they are needed. */
export function print(condition: Condition): string {
  if (condition.op === 'not') return `NOT ${bracketed(condition.of, isChain(condition.of))}`
  if (!isChain(condition)) return operatorOf(condition.op).print(condition)
  const { op, of } = condition
  // AND binds closer than OR, so it may stand in one bare. A chain inside its own kind keeps its parentheses.
  return of
    .map((part) => bracketed(part, isChain(part) && (op === 'and' || part.op === 'or')))
    .join(` ${op.toUpperCase()} `)
}

const bracketed = (part: Condition, needed: boolean): string => (needed ? `(${print(part)})` : print(part))
