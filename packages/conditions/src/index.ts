/**
 * The condition language: one grammar and one structured form, both becoming one canonical JSON, compiled to closures
 * that answer true, false or unknown and explain themselves. It reads no clock and no data of its own: fields, the time
 * and the calendar come with each evaluation. It does not know where fields come from, and never asks a model.
 *
 * text/ and structured.ts to conditions · operators/ one file each · comparing/ what is equal, before and after ·
 * typing/ conditions against a schema · regions/ how they cut what a field can hold · laws/ what always holds
 */
export { affects, type Affect } from './affects.ts'
export { compile } from './compile.ts'
export { and, exists, not, or } from './compose.ts'
export type { Compiled, Condition, Env, Explanation, Literal, Operand, Truth } from './condition.ts'
export { fieldsOf } from './fields.ts'
export type { Look } from './operators/operator.ts'
export { print } from './print.ts'
export { Refusal, type ConditionFault } from './refusal.ts'
export { rename } from './rename.ts'
export { regions, type FieldRegions, type Region } from './regions/regions.ts'
export { fromStructured, type StructuredResult } from './structured.ts'
export { parse, type ParseResult } from './text/parse.ts'
export type { Place, Places } from './text/place.ts'
export { checkTypes, type TypeFault } from './typing/check-types.ts'
export type { FieldType, Schema } from './typing/field-type.ts'
export { validateCondition } from './validate.ts'
