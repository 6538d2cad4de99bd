import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Condition, Env, Leaf, Literal } from '../condition.ts'
import { compile, regions, type FieldType } from '../index.ts'
import { answeredCells } from '../regions/regions.ts'
import { cutsOf } from '../regions/cuts.ts'
import { reservations } from '../regions/sift.ts'
import { leafOf } from './arbitrary.ts'

const dayMs = 86_400_000
const now = Date.UTC(2026, 0, 31, 12)
/** UTC, east of it, and a place that skips the midnight of the 31st. */
const dayOf = fc.constantFrom<Env['dayOf']>(
  undefined,
  (at) => Math.floor((at + 19_800_000) / dayMs),
  (at) => Math.floor((at - (at < Date.UTC(2026, 0, 31, 4) ? 4 : 3) * 3_600_000) / dayMs),
)

const number = fc.oneof(
  fc.constantFrom(0, 1, 5, 30, 80, -80, 0.1, 1e21, 1e40, 5e-324, 0.30000000000000004, Number.MAX_VALUE),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
)
const date = fc.oneof(
  fc.constantFrom('2026-01-31', '2026-01-30', '2026-01-31T12:00:00Z', '2026-01-30T12:00:00Z', '2026-03-02'),
  fc.constantFrom('0100-01-01', '9999-12-31', '0100-01-01T00:00:00+23:59', '9999-12-31T23:59:59.999-23:59'),
  fc.integer({ min: -3 * dayMs, max: 3 * dayMs }).map((ms) => new Date(now + ms).toISOString()),
)
const word = fc.constantFrom('', 'a', 'b', 'A', 'ab', 'High', 'refund', 'ref', '5', '05', '5.0', ' 30 ', 'x', 'zz', 'İ')
const literal: fc.Arbitrary<Literal> = fc.oneof(number, date, word, word, fc.boolean())

const leaves = (x: string): fc.Arbitrary<Leaf[]> =>
  fc.array(
    leafOf(
      fc.constant(x),
      literal,
      fc.oneof(fc.constantFrom(0, 0.5, 1, 24, 30, 1440, 1e300), fc.double({ min: 0, max: 99, noNaN: true })),
    ),
    { minLength: 1, maxLength: 6 },
  )

const near = fc.oneof(
  literal,
  fc
    .tuple(number, fc.constantFrom(-1, 1, 1e-9, 0.5))
    .map(([a, b]) => a + b)
    .filter(Number.isFinite),
  number.map(String),
  fc.tuple(word, word).map((two) => two.join('-')),
  word.map((one) => one.toUpperCase()),
  fc.string({ maxLength: 4 }),
)
const values: [FieldType, fc.Arbitrary<unknown>][] = [
  ['any', fc.oneof(near, near, fc.constantFrom<unknown>(null, undefined, {}, { a: 1 }, [], [[]]), fc.array(near))],
  ['string', near.filter((value) => typeof value === 'string')],
  ['number', near.filter((value) => typeof value === 'number')],
  ['boolean', fc.boolean()],
  ['date', date],
  [{ enum: ['High', 5, 'b', true] }, fc.constantFrom<unknown>('High', 5, 'b', true)],
  [{ list: 'string' }, fc.array(fc.oneof(word, date), { maxLength: 4 })],
  [{ list: 'number' }, fc.array(number, { maxLength: 4 })],
  [{ list: 'any' }, fc.array(fc.oneof(near, fc.constantFrom<unknown>(null, {}, [])), { maxLength: 4 })],
  [{ list: { list: 'string' } }, fc.array(fc.array(word))],
  [{ object: { a: 'string' } }, fc.constantFrom<unknown>({}, { a: 'b' })],
]

describe('the regions of a field', () => {
  it.each(values)('of type %j hold every value in one, with the same answers for all of it', (type, value) => {
    fc.assert(
      fc.property(leaves('x'), fc.array(value, { minLength: 10, maxLength: 10 }), dayOf, (own, some, zone) => {
        const at = { now, ...(zone && { dayOf: zone }) }
        const cuts = cutsOf(own)
        const cells = answeredCells(type, cuts, own, at)
        const answersOf = (x: unknown) => own.map((leaf) => compile(leaf).evaluate({ ...at, read: () => x }) ?? null)
        for (const cell of cells) {
          expect(cells.filter((other) => other.has(cell.sample))).toEqual([cell])
          expect([cell.label, answersOf(cell.sample)]).toEqual([cell.label, cell.answers])
        }
        for (const one of [...some, null]) {
          const [cell, ...others] = cells.filter((each) => each.has(one))
          expect(others).toEqual([])
          if (cell) expect([one, cell.label, answersOf(one)]).toEqual([one, cell.label, cell.answers])
          else expect([one, reservations(type, cuts)]).not.toEqual([one, []])
        }
      }),
      { numRuns: 200 },
    )
  })

  it('are few enough to try all of them together, and then show everything that conditions can answer', () => {
    const both = fc.tuple(leaves('x'), leaves('y')).map(([xs, ys]) => [...xs.slice(0, 3), ...ys.slice(0, 3)])
    const conditions = both.map((all): Condition[] => [
      { op: 'and', of: all },
      { op: 'or', of: all },
      { op: 'or', of: all.map((leaf): Condition => ({ op: 'not', of: leaf })) },
    ])
    fc.assert(
      fc.property(conditions, values[0]![1], values[0]![1], (asked, x, y) => {
        const cut = regions(asked, undefined, { now })
        expect(JSON.parse(JSON.stringify(cut))).toEqual(cut)
        fc.pre(cut.every(({ incomplete }) => incomplete.length === 0))
        const compiled = asked.map(compile)
        const answer = (world: Record<string, unknown>): string =>
          compiled.map((one) => String(one.evaluate({ now, read: (path) => world[path] }))).join()
        const samplesOf = (name: string): unknown[] =>
          cut.find(({ field }) => field === name)?.regions.map(({ sample }) => sample) ?? [null]
        const product = samplesOf('x').flatMap((a) => samplesOf('y').map((b) => answer({ x: a, y: b })))
        expect(new Set(product)).toContain(answer({ x, y }))
      }),
      { numRuns: 300, maxSkipsPerRun: 50 },
    )
  })
})
