import * as fc from 'fast-check'
import type { Table } from '../table/table.ts'

/** Small random tables, and every input that could tell their rules apart, for the properties of the static checks. */
const int = fc.integer({ min: 0, max: 4 })
const comparison = fc.constantFrom('<', '<=', '>', '>=', '!=', '=')

const any = fc.constant('-')
const range = fc
  .tuple(fc.constantFrom('[', '(', ']'), int, int, fc.constantFrom(']', ')', '['))
  .map(([open, a, b, close]) => `${open}${Math.min(a, b)}..${Math.max(a, b)}${close}`)
const numberTest = fc.oneof(
  int.map(String),
  range,
  fc.tuple(comparison, int).map(([is, n]) => `${is} ${n}`),
)
const listOf = (test: fc.Arbitrary<string>) =>
  fc.array(test, { minLength: 1, maxLength: 3 }).map((tests) => tests.join(', '))
const cellOf = (test: fc.Arbitrary<string>) =>
  fc.oneof(
    { weight: 2, arbitrary: any },
    { weight: 5, arbitrary: listOf(test) },
    { weight: 1, arbitrary: listOf(test).map((tests) => `not(${tests})`) },
    { weight: 1, arbitrary: fc.constant('null') },
  )
const text = fc.constantFrom('"a"', '"b"', '"c"')
const day = int.map((n) => `date("2026-01-0${n + 1}")`)

export const cells = {
  number: cellOf(
    fc.oneof(
      numberTest,
      fc.tuple(comparison, int).map(([is, n]) => `? ${is} ${n} or ? = ${n + 1}`),
    ),
  ),
  string: cellOf(
    fc.oneof(
      text,
      fc.tuple(comparison, text).map(([is, one]) => `${is} ${one}`),
    ),
  ),
  boolean: cellOf(fc.constantFrom('true', 'false')),
  date: cellOf(
    fc.oneof(
      day,
      fc.tuple(comparison, day).map(([is, one]) => `${is} ${one}`),
    ),
  ),
} as const
type ColumnType = keyof typeof cells

export const values: Record<ColumnType, unknown[]> = {
  number: [null, ...Array.from({ length: 15 }, (_, i) => i / 2 - 1)],
  string: [null, '', 'a', 'aa', 'b', 'ba', 'c', 'ca', 'anything else'],
  boolean: [null, true, false],
  date: [null, '2025-12-31', '2026-01-01', '2026-01-02', '2026-01-03', '2026-01-04', '2026-01-05', '2026-01-06'],
}

const type = fc.constantFrom<ColumnType>('number', 'string', 'boolean', 'date')
const output = fc.constantFrom('"x"', '"y"', '"z"')

export const table = (hitPolicy: Table['hitPolicy']): fc.Arbitrary<Table> =>
  fc.array(type, { minLength: 1, maxLength: 3 }).chain((types) =>
    fc
      .array(fc.record({ when: fc.tuple(...types.map((one) => cells[one])), yields: fc.tuple(output) }), {
        maxLength: 5,
      })
      .map((rules) => ({
        name: 'random',
        hitPolicy,
        inputs: types.map((one, index) => ({ expression: `in${index}`, type: one })),
        outputs: [{ type: 'string', values: ['"x"', '"y"', '"z"'] }],
        rules,
      })),
  )

export function* inputsOf({ inputs }: Table): Generator<Record<string, unknown>> {
  const rest = inputs.map(({ type }) => values[type as ColumnType])
  const go = function* (index: number, given: Record<string, unknown>): Generator<Record<string, unknown>> {
    if (index === rest.length) return yield given
    for (const value of rest[index] ?? []) yield* go(index + 1, { ...given, [`in${index}`]: value })
  }
  yield* go(0, {})
}
