import { numeric } from '../comparing/numeric.ts'
import type { Operand } from '../condition.ts'
import { enumerate, showLiteral, type EnumType, type FieldType } from './field-type.ts'
import type { Misuse } from './misuse.ts'
import { nearest } from './nearest.ts'
import { isAll, isSeveral, named, type Side, type Typing } from './side.ts'
import { canEqual, orderOf, together } from './sort.ts'

/** A list or an object, where one value is compared. */
export function notOne({ field, left }: Typing): Misuse[] {
  if (left === undefined || !isSeveral(left)) return []
  return [{ field, ...several(left), message: `\`${field}\` is ${left.what}, which is never compared as a whole.` }]
}

/** A value that the field never equals. */
export function neverEqual(typing: Typing, operand: Operand, value: number): Misuse[] {
  const { field, left } = typing
  const right = typing.right(operand)
  if (left === undefined || right === undefined) return []
  if (left.sorts.some((one) => right.sorts.some((other) => canEqual(one, other)))) return []
  if (isEnum(left.type) && right.literal !== undefined) {
    const message = `\`${field}\` is never ${right.what}.`
    return [{ field, value, code: 'outside_enum', message, fix: oneOf(left.type, showLiteral(right.literal)) }]
  }
  const message = `\`${field}\` is ${left.what}, which never equals ${named(right)}.`
  return [{ field, value, message, ...otherKind(left, right, 'never_equal') }]
}

/** A value with which the field has no order, or not always. */
export function noOrder(typing: Typing, operand: Operand, value: number): Misuse[] {
  const { field, left } = typing
  const right = typing.right(operand)
  if (left === undefined || right === undefined) return []
  const answered = together(left.sorts.flatMap((one) => right.sorts.map((other) => orderOf(one, other))))
  if (answered === 'always') return []
  if (answered === 'never') {
    const message = `\`${field}\` is ${left.what}, which is neither before nor after ${named(right)}.`
    return [{ field, value, message, ...otherKind(left, right, 'no_order') }]
  }
  const message = `\`${field}\` is ${left.what}, which does not always have an order with ${named(right)}.`
  return [{ field, value, code: 'may_be_unknown', message, fix: 'Declare both as numbers or both as dates.' }]
}

export const isEnum = (type: FieldType | undefined): type is EnumType => typeof type === 'object' && 'enum' in type

export function oneOf(type: EnumType, given: string): string {
  const known = type.enum.map(showLiteral)
  const meant = nearest(given, known)
  if (meant !== undefined) return `Did you mean \`${meant}\`?`
  return known.length === 0 ? 'No value is declared.' : `Known are ${enumerate(known)}.`
}

function several({ type, path }: Side): Pick<Misuse, 'code' | 'fix'> {
  if (typeof type === 'object' && 'object' in type) {
    const part = Object.keys(type.object)[0] ?? 'part'
    return { code: 'object_compared', fix: `Name one of its parts, such as \`${path}.${part}\`.` }
  }
  return { code: 'list_compared', fix: `Ask \`${path} contains …\`, or name one item, such as \`${path}.0\`.` }
}

function otherKind(left: Side, right: Side, code: Misuse['code']): Pick<Misuse, 'code' | 'fix'> {
  if (isSeveral(right)) return several(right)
  const { literal } = right
  if (isAll(left, 'boolean')) return { code, fix: 'Compare it for equality with true or false.' }
  if (typeof literal === 'string' && numeric(literal) !== undefined) {
    return { code, fix: `Write ${numeric(literal)} without quotes.` }
  }
  if (typeof literal === 'boolean') return { code, fix: `Write "${literal}" in quotes if that is the text.` }
  if (isAll(left, 'date')) return { code, fix: 'Write a date, such as 2026-01-31.' }
  return { code, fix: `Compare with ${left.what}, or declare the field as what it is.` }
}
