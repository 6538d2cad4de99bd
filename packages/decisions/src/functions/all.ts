import type { FunctionValue } from '../values/value.ts'
import { contextFunctions } from './contexts.ts'
import { conversionFunctions } from './conversions.ts'
import { listFunctions } from './lists.ts'
import { numberFunctions } from './numbers.ts'
import { patternFunctions } from './patterns.ts'
import { rangeFunctions } from './ranges.ts'
import { stringFunctions } from './strings.ts'
import { temporalFunctions } from './temporal.ts'

/** FEEL's own functions, by name. */
export const functions: ReadonlyMap<string, FunctionValue> = new Map(
  [
    conversionFunctions,
    stringFunctions,
    patternFunctions,
    numberFunctions,
    listFunctions,
    contextFunctions,
    temporalFunctions,
    rangeFunctions,
  ].flatMap((group) => Object.entries(group)),
)
