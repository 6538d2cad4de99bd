import { describe, expect, it } from 'vitest'
import { parse, regions, type Condition, type Schema } from '../index.ts'

const now = Date.UTC(2026, 0, 31, 12)

function read(text: string): Condition {
  const result = parse(text)
  if (!result.ok) throw new Error(`${text}: ${JSON.stringify(result.faults)}`)
  return result.condition
}

const cut = (texts: string[], schema?: Schema) => regions(texts.map(read), schema, { now })
/** Label, sample and answers of the only field. */
const rows = (texts: string[], schema?: Schema) =>
  cut(texts, schema).flatMap((field) => field.regions.map(({ label, sample, answers }) => [label, sample, ...answers]))

const reasons = (texts: string[], schema?: Schema) => cut(texts, schema)[0]?.incomplete

describe('regions', () => {
  it('are below, on and between numbers, and what no number is', () => {
    expect(rows(['x >= 80 and x < 90'])).toEqual([
      ['missing', null, null, null],
      ['below 80', 79, false, true],
      ['80', 80, true, true],
      ['between 80 and 90', 81, true, true],
      ['90', 90, true, false],
      ['above 90', 91, true, false],
      ['other text, true, false, a list or an object', 'something else', null, null],
    ])
  })

  it('are the words that are asked for and all other text', () => {
    expect(rows(['x in [delivered, "too late"]', 'x == shipped'], { x: 'string' })).toEqual([
      ['missing', null, null, null],
      ['delivered', 'delivered', true, false],
      ['"too late"', 'too late', true, false],
      ['shipped', 'shipped', false, true],
      ['other text', 'something else', false, false],
    ])
  })

  it('are the values of an enumeration, and no other text, only when the schema says so', () => {
    const schema: Schema = { x: { enum: ['delivered', 'Shipped', 3] } }
    expect(rows(['x in [shipped, lost]'], schema)).toEqual([
      ['missing', null, null],
      ['delivered', 'delivered', false],
      ['Shipped', 'Shipped', true],
      ['3', 3, false],
    ])
  })

  it('are words and what lies between them when text is put in order', () => {
    expect(rows(['x >= b and x < d'], { x: 'string' }).map(([label, sample]) => [label, sample])).toEqual([
      ['missing', null],
      ['text before b', 'a'],
      ['b', 'b'],
      ['text after b and before d', 'bx'],
      ['d', 'd'],
      ['text after d', 'dx'],
      ['a date', '1970-01-01'],
    ])
  })

  it('are whole days and the moments on them, for this now', () => {
    expect(rows(['x >= 2026-01-15'], { x: 'date' })).toEqual([
      ['missing', null, null],
      ['before 2026-01-15', '2026-01-14', false],
      ['2026-01-15', '2026-01-15', true],
      ['from 2026-01-16', '2026-01-16', true],
    ])
    expect(rows(['x within 1 day'], { x: 'date' })).toEqual([
      ['missing', null, null],
      ['before 2026-01-30', '2026-01-29', false],
      ['from 2026-01-30 to 2026-02-01', '2026-01-30', true],
      ['from 2026-02-02', '2026-02-02', false],
      ['the moments before 2026-01-30T12:00:00Z', '2026-01-30T11:59:59.999Z', false],
      ['the moments from 2026-01-30T12:00:00Z to 2026-02-01T12:00:00Z', '2026-01-30T12:00:00Z', true],
      ['the moments from 2026-02-01T12:00:00.001Z', '2026-02-01T12:00:00.001Z', false],
    ])
  })

  it('are ages too where time is counted and nothing says that it is a date', () => {
    expect(rows(['x within 30 days']).map(([label]) => label)).toEqual(
      expect.arrayContaining(['below 30', '30', 'above 30', 'from 2026-01-01 to 2026-03-02']),
    )
    expect(rows(['x within 2 weeks'], { x: 'number' })).toEqual([
      ['missing', null, null],
      ['below 14', 13, true],
      ['14', 14, true],
      ['above 14', 15, false],
    ])
  })

  it('are what lists and texts can contain together', () => {
    expect(rows(['x contains vip', 'x contains 5'], { x: { list: 'any' } })).toEqual([
      ['missing', null, null, null],
      ['a list without vip, 5', [], false, false],
      ['a list with 5 without vip', [5], false, true],
      ['a list with vip without 5', ['vip'], true, false],
      ['a list with vip, 5', [5, 'vip'], true, true],
    ])
    // Whoever has the longer word has the shorter one.
    expect(rows(['x contains refund', 'x contains fun'], { x: 'string' })).toEqual([
      ['missing', null, null, null],
      ['text without refund, fun', 'something else', false, false],
      ['text with refund, fun', 'xrefundx', true, true],
      ['text with fun without refund', 'xfunx', false, true],
    ])
  })

  it('tell a number from the text that spells it only where they are answered differently', () => {
    const texts = ['x == 5', 'x == "5"']
    // The second holds the text "05" too.
    expect(rows(texts).slice(1, 5)).toEqual([
      ['below 5', 4, false, false],
      ['5', 5, true, false],
      ['above 5', 6, false, false],
      ['"5"', '5', true, true],
    ])
    expect(rows(texts, { x: 'string' }).slice(2, 5)).toEqual([
      ['"5"', '5', true, true],
      ['text that spells 5', '05', true, false],
      ['text that spells above 5', '6', false, false],
    ])
  })

  it('are one for each kind where only presence is asked', () => {
    expect(rows(['x missing'], { x: 'number' })).toEqual([
      ['missing', null, true],
      ['a number', 1, false],
    ])
    expect(rows(['x missing'])).toEqual([
      ['missing', null, true],
      ['text, a number, true, false, a list or an object', 'something else', false],
    ])
    expect(rows(['x'], { x: 'boolean' })).toEqual([
      ['missing', null, null],
      ['true', true, true],
      ['false', false, false],
    ])
  })

  it('cut no field by another one, and say so', () => {
    expect(cut(['paid >= {{total}} and paid > 0'], { paid: 'number', total: 'number' })).toMatchObject([
      { field: 'paid', conditions: ['paid > 0'], uncut: ['paid >= {{total}}'], incomplete: [] },
      { field: 'total', conditions: [], uncut: ['paid >= {{total}}'], regions: [{ label: 'missing' }, { sample: 1 }] },
    ])
    const [x] = cut(['x in [a, {{y}}]'], { x: 'string', y: 'string' })
    expect(x?.regions.map(({ label }) => label)).toEqual(['missing', 'a', 'other text'])
    expect(x?.uncut).toEqual(['x in [a, {{y}}]'])
  })

  it('say why they may not be all', () => {
    expect(reasons(['x > m and x > 5'], { x: 'string' })).toEqual([expect.stringMatching(/^Text is put in order/)])
    expect(reasons(['x contains a and x == 5'])).toEqual([expect.stringMatching(/^Parts of text are looked for/)])
    expect(reasons(['x contains 01'], { x: 'date' })).toEqual([expect.stringMatching(/^Parts of text are looked for/)])
    expect(reasons(['x > m and x > 5'], { x: 'number' })).toEqual([])
  })

  it('are bounded, and name the conditions that were too many', () => {
    const many = Array.from({ length: 1_200 }, (_, index) => read(`x == ${index}`))
    const parts = Array.from({ length: 20 }, (_, index) => read(`y contains part${index}`))
    const words = read(`z in [${Array.from({ length: 450 }, (_, index) => `word${index}`).join(', ')}] and z > m`)
    const started = performance.now()
    const [x, y, z] = regions([
      ...many,
      ...parts,
      words,
      ...parts.map((part) => ({ ...part, field: 'z' }) as Condition),
    ])
    expect(performance.now() - started).toBeLessThan(2_000)
    expect(x).toMatchObject({ conditions: { length: 500 }, uncut: { length: 700 } })
    expect(x?.incomplete).toEqual([expect.stringMatching(/^Only 500 constants/)])
    expect(y).toMatchObject({ conditions: { length: 6 }, uncut: { length: 14 } })
    expect(z?.incomplete).toHaveLength(2)
  })

  it('follow a path into lists and objects, and know nothing of fields that are not declared', () => {
    const schema: Schema = { order: { object: { lines: { list: { object: { price: 'number' } } } } } }
    expect(rows(['order.lines.0.price > 3'], schema).map(([label]) => label)).toEqual([
      'missing',
      'below 3',
      '3',
      'above 3',
    ])
    expect(rows(['order.nothing exists'], schema).at(-1)?.[0]).toBe('text, a number, true, false, a list or an object')
  })
})
