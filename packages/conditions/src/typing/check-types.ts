import type { Condition, Leaf } from '../condition.ts'
import { operatorOf } from '../operators/all.ts'
import type { Place, Places } from '../text/place.ts'
import { leavesOf } from '../walk.ts'
import type { Schema } from './field-type.ts'
import type { Misuse, TypeFaultCode } from './misuse.ts'
import { resolve } from './resolve.ts'
import { sideOfLiteral, sideOfType } from './side.ts'

/** Something that cannot be meant, or that no data of the schema could decide. */
export interface TypeFault extends Partial<Place> {
  code: TypeFaultCode
  /** The field on the left, or the unknown one. */
  field: string
  message: string
  fix: string
}

interface Options {
  /** As `parse` gave them; without them no line and column. */
  places?: Places
  /**
   * Also report what some data of the schema leaves unknown: text where a number or a date is needed. A condition
   * without such faults is never unknown while all of its fields are there and none is declared `any`.
   */
  strict?: boolean
}

/**
 * Faults in the order of the text. Only what is wrong for all data of the schema, unless `strict`: text against a number
 * literal may spell a number, `within 30 days` may be asked of an age. Nothing is said about fields declared `any`.
 */
export function checkTypes(condition: Condition, schema: Schema, options: Options = {}): TypeFault[] {
  return leavesOf(condition).flatMap((leaf) => {
    const places = options.places?.get(leaf)
    return misuses(leaf, schema)
      .filter(({ code }) => options.strict === true || code !== 'may_be_unknown')
      .map(({ value, ...fault }) => ({
        ...fault,
        ...((value !== undefined && places?.values[value]) || placeOf(places)),
      }))
  })
}

function placeOf(place: Place | undefined): Partial<Place> {
  return place === undefined ? {} : { offset: place.offset, line: place.line, column: place.column }
}

function misuses(leaf: Leaf, schema: Schema): Misuse[] {
  const operator = operatorOf(leaf.op)
  const side = (path: string) => {
    const found = resolve(path, schema)
    // What is unknown is reported as such; nothing more is to be said about it.
    return 'type' in found ? sideOfType(path, found.type) : undefined
  }
  return [
    ...unknown(leaf.field, schema),
    ...operator
      .operands(leaf)
      .flatMap((operand, value) =>
        typeof operand === 'object' ? unknown(operand.path, schema).map((misuse) => ({ ...misuse, value })) : [],
      ),
    ...operator.misuses(leaf, {
      field: leaf.field,
      left: side(leaf.field),
      right: (operand) => (typeof operand === 'object' ? side(operand.path) : sideOfLiteral(operand)),
    }),
  ]
}

function unknown(path: string, schema: Schema): Misuse[] {
  const found = resolve(path, schema)
  return 'misuse' in found ? [found.misuse] : []
}
