import { describe, expect, it } from 'vitest'
import { compile, parse, type Env, type Truth } from './index.ts'

const now = Date.UTC(2026, 0, 31, 15)
const world = (values: Record<string, unknown>): Env => ({
  read: (path) => (Object.hasOwn(values, path) ? values[path] : undefined),
  now,
})

function compiled(text: string) {
  const result = parse(text)
  if (!result.ok) throw new Error(`${text}: ${JSON.stringify(result.faults)}`)
  return compile(result.condition)
}
const ask = (text: string, values: Record<string, unknown> = {}): Truth => compiled(text).evaluate(world(values))

describe('three-valued logic', () => {
  const values = { t: 1, f: 2 }
  const of = { T: 't == 1', F: 'f == 1', U: 'u == 1' }
  type Letter = keyof typeof of
  const truth = { T: true, F: false, U: undefined }

  it.each(
    ['TTTT', 'TFFT', 'TUUT', 'FTFT', 'FFFF', 'FUFU', 'UTUT', 'UFFU', 'UUUU'].map((row) => row.split('') as Letter[]),
  )('%s with %s is %s under AND and %s under OR', (a, b, both, either) => {
    expect(ask(`${of[a]} AND ${of[b]}`, values)).toBe(truth[both])
    expect(ask(`${of[a]} OR ${of[b]}`, values)).toBe(truth[either])
  })

  it('keeps unknown unknown under NOT', () => {
    expect(ask('NOT t == 1', values)).toBe(false)
    expect(ask('NOT f == 1', values)).toBe(true)
    expect(ask('NOT u == 1', values)).toBeUndefined()
  })
})

describe('a missing field', () => {
  it.each([
    'x == a',
    'x != a',
    'x != ""',
    'x < 1',
    'x in [a]',
    'x not in [a]',
    'x contains a',
    'x',
    'not x',
    'x within 30 days',
    'x outside 30 days',
  ])('makes `%s` unknown', (text) => {
    expect(ask(text)).toBeUndefined()
    expect(ask(text, { x: null })).toBeUndefined()
  })

  it('is known to be missing', () => {
    expect([ask('x exists'), ask('x missing'), ask('not x exists'), ask('x == null'), ask('x != null')]).toEqual([
      false,
      true,
      true,
      true,
      false,
    ])
    expect([ask('x exists', { x: '' }), ask('x missing', { x: false })]).toEqual([true, false])
  })

  it('on the right is unknown too', () => {
    expect(ask('x == {{y}}', { x: 1 })).toBeUndefined()
    expect(ask('x in [2, {{y}}]', { x: 1 })).toBeUndefined()
    expect(ask('x in [1, {{y}}]', { x: 1 })).toBe(true)
    expect(ask('x contains {{y}}', { x: ['a'] })).toBeUndefined()
  })
})

describe('comparing', () => {
  it.each<[string, unknown, Truth]>([
    ['x == Delivered', 'dELIVERED', true],
    ['x == "ÀÉ"', 'àé', true],
    ['x != delivered', 'shipped', true],
    ['x == ""', '', true],
    ['x in [delivered, shipped]', 'SHIPPED', true],
    ['x not in [delivered, shipped]', 'processing', true],
    ['x < b', 'A', true],
    ['x == true', true, true],
    ['x == true', 'true', false],
    ['x != 5', 'five', true],
    ['x == 5', true, false],
    ['x >= 80', 85, true],
    ['x >= 80', 80, true],
    ['x > -5', -4.5, true],
    ['x > 5', Number.NaN, undefined],
  ])('`%s` with %j is %s', (text, x, expected) => {
    expect(ask(text, { x })).toBe(expected)
  })

  it('takes text for a number only when the other side is a number literal', () => {
    expect(ask('x >= 80', { x: ' 85 ' })).toBe(true)
    expect(ask('x == 5', { x: '5.0' })).toBe(true)
    expect(ask('x in [1, 5]', { x: '5' })).toBe(true)
    expect(ask('x == "5"', { x: 5 })).toBe(false)
    expect(ask('x == {{y}}', { x: '5', y: 5 })).toBe(false)
    expect(ask('x < "9"', { x: '10' })).toBe(true)
  })

  it.each(['', ' ', '0x10', '1e3', '85 EUR', '1,000', 'Infinity'])('does not take %j for a number', (x) => {
    expect(ask('x >= 0', { x })).toBeUndefined()
    expect(ask('x == 0', { x })).toBe(false)
  })

  it('finds no order, and no equality, where there is none', () => {
    for (const x of ['high', true, [1], { a: 1 }]) expect(ask('x >= 80', { x })).toBeUndefined()
    for (const x of [[1], { a: 1 }]) expect(ask('x != 1', { x })).toBeUndefined()
    expect(ask('x > 2026-01-01', { x: 'soon' })).toBeUndefined()
    expect(ask('x == 2026-01-01', { x: 'soon' })).toBe(false)
  })

  it('compares two fields', () => {
    expect(ask('paid.total >= order.total', { 'paid.total': 10, 'order.total': 9.5 })).toBe(true)
    expect(ask('a == {{b}}', { a: 'X', b: 'x' })).toBe(true)
  })

  it('compares ISO dates as moments, and a date without a time as the whole day', () => {
    expect(ask('x == "2026-01-31T10:00:00Z"', { x: '2026-01-31T12:00:00+02:00' })).toBe(true)
    expect(ask('x > "2026-01-31T10:00:00Z"', { x: '2026-01-31T06:00:00-05:00' })).toBe(true)
    expect(ask('x <= 2026-01-31', { x: '2026-01-31T23:59:59Z' })).toBe(true)
    expect(ask('x > 2026-01-31', { x: '2026-01-31T23:59:59Z' })).toBe(false)
    expect(ask('x in [2026-01-30, 2026-01-31]', { x: '2026-01-31 08:00:00' })).toBe(true)
  })

  it('compares two fields that hold dates, whole days included', () => {
    const dates = { ordered: '2026-01-30', paid: '2026-01-30T23:00:00Z', shipped: '2026-02-01T00:00:00+02:00' }
    expect(ask('paid >= {{ordered}} and paid <= {{ordered}}', dates)).toBe(true)
    expect(ask('shipped > {{paid}}', dates)).toBe(true)
    expect(ask('shipped == {{ordered}}', dates)).toBe(false)
    expect(ask('shipped > {{ordered}}', dates)).toBe(true)
    expect(ask('{{ordered}} != {{note}}', { ...dates, note: 'soon' })).toBe(true)
    expect(ask('{{ordered}} < {{note}}', { ...dates, note: 'soon' })).toBeUndefined()
  })

  it('takes a bare field for present, not empty and not false', () => {
    expect([0, 'no', [], true].map((x) => ask('x', { x }))).toEqual([true, true, true, true])
    expect(['', false].map((x) => ask('x', { x }))).toEqual([false, false])
  })

  it('looks for a part of a text or an element of a list', () => {
    expect(ask('x contains "not ACCEPT"', { x: 'That is not acceptable' })).toBe(true)
    expect(ask('x contains 66', { x: 'order 66' })).toBe(true)
    expect(ask('x contains vip', { x: ['New', 'VIP'] })).toBe(true)
    expect(ask('x contains vi', { x: ['VIP', null, {}] })).toBe(false)
    expect(ask('x contains 5', { x: ['5'] })).toBe(true)
    expect(ask('x contains 5', { x: 55 })).toBeUndefined()
    expect(ask('x contains a', { x: { a: 1 } })).toBeUndefined()
  })
})

describe('explaining', () => {
  it('says from when time was counted', () => {
    expect(compiled('x within 30 days').explain(world({ x: '2025-12-01' }))).toEqual({
      text: 'x within 30 days',
      value: false,
      field: 'x',
      actual: '2025-12-01',
      now,
    })
  })

  it('shows every part with the value that decided, also those that did not have to be asked', () => {
    const condition = compiled('(risk_score >= 80 or severity == high) and not order.total > {{limit}}')
    expect(condition.text).toBe('(risk_score >= 80 OR severity == high) AND NOT order.total > {{limit}}')
    expect(condition.fields).toEqual(['risk_score', 'severity', 'order.total', 'limit'])
    expect(condition.explain(world({ risk_score: 85, 'order.total': 10, limit: 20 }))).toEqual({
      text: condition.text,
      value: true,
      of: [
        {
          text: 'risk_score >= 80 OR severity == high',
          value: true,
          of: [
            { text: 'risk_score >= 80', value: true, field: 'risk_score', actual: 85 },
            { text: 'severity == high', value: null, field: 'severity', actual: null },
          ],
        },
        {
          text: 'NOT order.total > {{limit}}',
          value: true,
          of: [
            {
              text: 'order.total > {{limit}}',
              value: false,
              field: 'order.total',
              actual: 10,
              against: [{ field: 'limit', actual: 20 }],
            },
          ],
        },
      ],
    })
  })
})
