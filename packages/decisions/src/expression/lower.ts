import { fitsOf, type TypeNames } from './fits.ts'
import type { Lowering } from './lowering.ts'
import { lowerOperator } from './operators/all.ts'
import { lowerCell } from './tests.ts'

/** `types`: those that a model defines. */
export function createLowering(types: TypeNames = () => undefined): Lowering {
  const lowering: Lowering = {
    expression: (expr) => lowerOperator(expr, lowering),
    cell: (cell) => lowerCell(cell, lowering),
    type: (type) => fitsOf(type, types),
  }
  return lowering
}
