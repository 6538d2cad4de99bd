import { isChain, type Chain, type Condition } from './condition.ts'
import { operatorOf } from './operators/all.ts'
import { leavesOf } from './walk.ts'

/** A condition with its text. */
interface Printed {
  condition: Condition
  text: string
}

/** Text that parses back to the same condition; parentheses only where they are needed. */
export function print(condition: Condition): string {
  leavesOf(condition)
  return printed(condition).text
}

function printed(condition: Condition): Printed {
  if (condition.op === 'not') return { condition, text: printNot(printed(condition.of)) }
  if (!isChain(condition)) return { condition, text: operatorOf(condition.op).print(condition) }
  return { condition, text: printChain(condition.op, condition.of.map(printed)) }
}

export const printNot = ({ condition, text }: Printed): string => `NOT ${bracketed(text, isChain(condition))}`

/** AND binds closer than OR, so it may stand in one bare. A chain inside its own kind keeps its parentheses. */
export const printChain = (op: Chain['op'], parts: readonly Printed[]): string =>
  parts
    .map(({ condition, text }) => bracketed(text, isChain(condition) && (op === 'and' || condition.op === 'or')))
    .join(` ${op.toUpperCase()} `)

const bracketed = (text: string, needed: boolean): string => (needed ? `(${text})` : text)
