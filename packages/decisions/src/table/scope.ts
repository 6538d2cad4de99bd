import { freeNames } from '../expression/children.ts'
import { namesFrom, type Names } from '../expression/names.ts'
import { readExpression } from '../expression/read.ts'
import { functions } from '../functions/all.ts'
import { Refusal } from '../refusal.ts'
import type { Cell } from '../expression/expr.ts'
import { suggestion } from './suggest.ts'

const plainName = /^[\p{L}_][\p{L}\p{N}_]*(?: +[\p{L}\p{N}_]+)*$/u
const word = /\b(?:and|or|in|between|not|if|for|some|every|function|true|false|null)\b/

/** The names that the input expressions of a table alone bring in. A name may hold blanks when it stands by itself. */
export function namesOfInputs(expressions: readonly string[]): Names {
  const whole = expressions.filter((text) => plainName.test(text) && !word.test(text))
  const names = new Set(whole)
  for (const text of expressions) {
    try {
      const { tree } = readExpression(text, namesFrom(whole))
      for (const name of freeNames([{ test: 'value', value: tree }])) names.add(name)
    } catch (error) {
      // What is wrong with it is said where the column is compiled.
      if (!(error instanceof Refusal)) throw error
    }
  }
  return namesFrom([...names].filter((name) => !functions.has(name)))
}

/** The first name that nobody knows, and what was perhaps meant. */
export function unknownName(cell: Cell, names: Names): { name: string; fix: string | undefined } | undefined {
  const name = freeNames(cell).find((one) => !names.has(one) && !functions.has(one))
  return name === undefined ? undefined : { name, fix: suggestion(name, names.keys()) }
}
