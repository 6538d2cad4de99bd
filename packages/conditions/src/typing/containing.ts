import { fold } from '../comparing/words.ts'
import type { Operand } from '../condition.ts'
import { showLiteral } from './field-type.ts'
import type { Misuse } from './misuse.ts'
import { isEnum, neverEqual, oneOf } from './misuses.ts'
import { isSeveral, named, sideOfType, type Typing } from './side.ts'

/** `contains` of something that can hold nothing, or never holds that. */
export function neverContains(typing: Typing, operand: Operand): Misuse[] {
  const { field, left } = typing
  const right = typing.right(operand)
  const { type } = left ?? {}
  if (left === undefined || type === undefined) return []
  if (typeof type === 'object' && 'list' in type) {
    const items = sideOfType(`${field}.0`, type.list)
    return neverEqual({ ...typing, left: items }, operand, 0).map((misuse) => ({
      ...misuse,
      message: misuse.message.replace(`\`${field}\` is`, `An item of \`${field}\` is`),
    }))
  }
  const holders = left.sorts.filter(({ is }) => is === 'text' || is === 'date' || is === 'word')
  if (holders.length === 0) {
    const message = `\`${field}\` is ${left.what}; only text and lists contain something.`
    return [{ code: 'nothing_inside', field, message, fix: 'Compare it with `==`.' }]
  }
  if (right !== undefined && isSeveral(right)) {
    const message = `\`${field}\` is ${left.what}, which contains no ${named(right)}.`
    return [{ code: 'list_compared', field, value: 0, message, fix: 'Name one value, or one item of the list.' }]
  }
  if (isEnum(type) && right?.literal !== undefined) {
    const part = fold(String(right.literal))
    if (!type.enum.some((value) => typeof value === 'string' && fold(value).includes(part))) {
      const message = `\`${field}\` never contains ${right.what}.`
      return [{ code: 'outside_enum', field, value: 0, message, fix: oneOf(type, showLiteral(right.literal)) }]
    }
  }
  if (holders.length === left.sorts.length) return []
  const message = `\`${field}\` is ${left.what}, not always text.`
  return [{ code: 'may_be_unknown', field, message, fix: 'Compare it with `==` or `in`.' }]
}
