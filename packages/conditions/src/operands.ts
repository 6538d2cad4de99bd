import type { Literal, Operand } from './condition.ts'
import { limits } from './limits.ts'
import { Refusal } from './refusal.ts'
import { isDateWord, isNumberWord, isWord, looksLikeDate } from './text/word.ts'
import { checkPath, isKeyword } from './words.ts'

export function checkOperand(json: unknown): Operand {
  if (typeof json === 'boolean') return json
  // + 0 turns -0, which JSON cannot keep, into 0.
  if (typeof json === 'number' && Number.isFinite(json)) return json + 0
  if (typeof json === 'string') {
    if (json.length > limits.textLength) throw new Refusal(`A value is longer than ${limits.textLength} characters.`)
    if (!json.isWellFormed()) throw new Refusal('A value holds half a character.', { fix: 'Write it again.' })
    return json
  }
  if (json === null || json === undefined) {
    throw new Refusal('A comparison with nothing is never true.', {
      fix: 'Ask for presence with `exists` or `missing`.',
    })
  }
  if (typeof json === 'object' && Object.keys(json).join() === 'path')
    return { path: checkPath(Object.values(json)[0]) }
  throw new Refusal('A value is text, a number, true, false or {path: field}.')
}

export function checkOperands(json: unknown): Operand[] {
  if (!Array.isArray(json)) throw new Refusal('A list of values is needed.', { fix: 'Write the values in [ ].' })
  if (json.length === 0)
    throw new Refusal('The list is empty, so nothing is in it.', { fix: 'Name a value, or remove the condition.' })
  if (json.length > limits.values) {
    throw new Refusal(`The list has more than ${limits.values} values.`, {
      fix: 'Ask for something they have in common.',
    })
  }
  return json.map(checkOperand)
}

const escapes: Record<string, string> = { '"': '\\"', '\\': '\\\\', '\n': '\\n', '\t': '\\t' }
const quote = (text: string): string => `"${text.replace(/["\\\n\t]/g, (character) => escapes[character] ?? '')}"`

/** A dot makes a bare word a field, so text with one is quoted. */
const isBare = (text: string): boolean =>
  looksLikeDate(text)
    ? isDateWord(text)
    : isWord(text) && !text.includes('.') && !isNumberWord(text) && !isKeyword(text)

export const printLiteral = (value: Literal): string =>
  typeof value !== 'string' ? String(value) : isBare(value) ? value : quote(value)

export function printOperand(operand: Operand): string {
  if (typeof operand !== 'object') return printLiteral(operand)
  return operand.path.includes('.') ? operand.path : `{{${operand.path}}}`
}

export const pathsOf = (operands: readonly Operand[]): string[] =>
  operands.flatMap((operand) => (typeof operand === 'object' ? [operand.path] : []))
