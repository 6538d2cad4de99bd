import type { Fields, FieldType } from './fields.ts'
import type { Json } from './json.ts'

/** The values of a declared type, in TypeScript: what `isOf` says yes to. */
export type Infer<T extends FieldType> = T extends 'string' | 'date'
  ? string
  : T extends 'number'
    ? number
    : T extends 'boolean'
      ? boolean
      : T extends { enum: infer Values extends readonly unknown[] }
        ? Values[number]
        : T extends { list: infer Item extends FieldType }
          ? Infer<Item>[]
          : T extends { object: infer Inner extends Fields }
            ? { [Name in keyof Inner]?: Infer<Inner[Name]> }
            : Json

/** One value per name, all of them there. */
export type InferFields<F extends Fields> = { [Name in keyof F]: Infer<F[Name]> }

/** Whether every value of one type is a value of the other; `isAssignable`, in TypeScript. */
export type Fits<From extends FieldType, To extends FieldType> = [From] extends ['any']
  ? true
  : [To] extends ['any']
    ? true
    : [From] extends ['date']
      ? [To] extends ['date' | 'string']
        ? true
        : false
      : [From] extends [string]
        ? [From] extends [To]
          ? true
          : false
        : [From] extends [{ enum: infer Values extends readonly unknown[] }]
          ? [Values[number]] extends [EnumOf<To>]
            ? true
            : false
          : [From, To] extends [{ list: infer A extends FieldType }, { list: infer B extends FieldType }]
            ? Fits<A, B>
            : [From, To] extends [{ object: infer A extends Fields }, { object: infer B extends Fields }]
              ? AllFit<A, B>
              : false

type EnumOf<To> = To extends 'string'
  ? string
  : To extends 'number'
    ? number
    : To extends 'boolean'
      ? boolean
      : To extends { enum: infer Values extends readonly unknown[] }
        ? Values[number]
        : never

type AllFit<A extends Fields, B extends Fields> = {
  [Name in keyof B]: Name extends keyof A ? Fits<A[Name], B[Name]> : false
}[keyof B] extends true
  ? true
  : false
