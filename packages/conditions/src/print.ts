import { isChain, type Chain, type Condition } from './condition.ts'
import { operatorOf } from './operators/all.ts'

/** A condition with its text. */
interface Printed {
  condition: Condition
  text: string
}

/** Text that parses back to the same condition; parentheses only where they are needed. */
export function print(condition: Condition): string {
  if (condition.op === 'not') return printNot(printed(condition.of))
  return isChain(condition)
    ? printChain(condition.op, condition.of.map(printed))
    : operatorOf(condition.op).print(condition)
}

const printed = (condition: Condition): Printed => ({ condition, text: print(condition) })

export const printNot = ({ condition, text }: Printed): string => `NOT ${bracketed(text, isChain(condition))}`

/** AND binds closer than OR, so it may stand in one bare. A chain inside its own kind keeps its parentheses. */
export const printChain = (op: Chain['op'], parts: readonly Printed[]): string =>
  parts
    .map(({ condition, text }) => bracketed(text, isChain(condition) && (op === 'and' || condition.op === 'or')))
    .join(` ${op.toUpperCase()} `)

const bracketed = (text: string, needed: boolean): string => (needed ? `(${text})` : text)
