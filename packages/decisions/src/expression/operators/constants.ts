import { parseTemporal } from '../../values/temporal.ts'
import type { Operator } from '../lowering.ts'

export const literal: Operator<'literal'> =
  ({ value }) =>
  () =>
    value

export const temporal: Operator<'temporal'> = ({ type, text }) => {
  const value = parseTemporal(type, text) ?? null
  return () => value
}
