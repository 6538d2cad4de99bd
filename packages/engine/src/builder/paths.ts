import type { Fields, FieldType } from '../tree/fields.ts'
import type { Fits, Infer } from '../tree/infer.ts'
import type { Json } from '../tree/json.ts'

/** What a tree or subtree declares; undefined where it declares nothing, and every path is as good as any other. */
export type Declared = Fields | undefined

/** Every dotted path into what is declared. */
export type Path<F extends Declared> = PathTo<F, 'any'>

/** The paths whose values may go where a type is asked for. */
export type PathTo<F extends Declared, T extends FieldType> = F extends Fields ? PathIn<F, T, 'read'> : string

/** The paths that take values of a type. */
export type PathFor<F extends Declared, T extends FieldType> = F extends Fields ? PathIn<F, T, 'write'> : string

/** What may be written under a path. */
export type ValueAt<F extends Declared, P> = F extends Fields ? (P extends string ? Infer<TypeAt<F, P>> : never) : Json

/** The paths whose values may be written under a path. */
export type SourceOf<F extends Declared, P> = F extends Fields
  ? P extends string
    ? PathTo<F, TypeAt<F, P>>
    : never
  : string

/** What a switch over a path can meet, as it stands in JSON keys. */
export type CaseAt<F extends Declared, P> = F extends Fields
  ? P extends string
    ? CaseOf<TypeAt<F, P>>
    : never
  : string

/** The declared type under a path. */
type TypeAt<F extends Fields, P extends string> = P extends keyof F
  ? F[P]
  : P extends `${infer Head}.${infer Rest}`
    ? Head extends keyof F
      ? TypeWithin<F[Head], Rest>
      : never
    : never

type TypeWithin<T extends FieldType, Rest extends string> = T extends 'any'
  ? 'any'
  : T extends { object: infer Inner extends Fields }
    ? TypeAt<Inner, Rest>
    : T extends { list: infer Item extends FieldType }
      ? Rest extends `${number}.${infer Deeper}`
        ? TypeWithin<Item, Deeper>
        : Item
      : never

/** An index signature stands for any name. */
type PathIn<F extends Fields, T extends FieldType, Way> = string extends keyof F
  ? string
  : {
      [Name in keyof F & string]: Fitting<F[Name], T, Way, Name> | PathBelow<F[Name], T, Way, Name>
    }[keyof F & string]

type Fitting<Here extends FieldType, T extends FieldType, Way, P extends string> = Way extends 'read'
  ? Fits<Here, T> extends true
    ? P
    : never
  : Fits<T, Here> extends true
    ? P
    : never

type PathBelow<Here extends FieldType, T extends FieldType, Way, P extends string> = FieldType extends Here
  ? `${P}.${string}`
  : Here extends 'any'
    ? `${P}.${string}`
    : Here extends { object: infer Inner extends Fields }
      ? `${P}.${PathIn<Inner, T, Way>}`
      : Here extends { list: infer Item extends FieldType }
        ? Fitting<Item, T, Way, `${P}.${number}`> | PathBelow<Item, T, Way, `${P}.${number}`>
        : never

type CaseOf<T extends FieldType> = T extends 'boolean'
  ? 'true' | 'false'
  : T extends { enum: infer Values extends readonly (string | number | boolean)[] }
    ? `${Values[number]}`
    : string
