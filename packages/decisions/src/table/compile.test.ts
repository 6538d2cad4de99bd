import { describe, expect, it } from 'vitest'
import { compileTable, DecisionFault, policyMark, tableHash, type Table } from '../index.ts'

const fees: Table = {
  name: 'fees',
  hitPolicy: 'first',
  inputs: [
    { expression: 'order.total', type: 'number' },
    { label: 'the tier', expression: 'tier', type: 'string', values: '"gold", "silver"' },
  ],
  outputs: [{ name: 'fee', type: 'number' }],
  rules: [
    { id: 'small', when: ['< 20', '-'], yields: ['5'] },
    { when: ['-', '"gold"'], yields: ['order.total * 0.01'] },
    { when: ['>= 20', 'starts with(?, "s")'], yields: ['2'] },
  ],
}
const faultOf = (table: unknown): DecisionFault => {
  try {
    compileTable(table as Table)
  } catch (error) {
    if (error instanceof DecisionFault) return error
    throw error
  }
  throw new Error('it compiled')
}

describe('a compiled table', () => {
  it('decides by the rules that match', () => {
    const { evaluate } = compileTable(fees)
    expect(evaluate({ order: { total: 10 } })).toMatchObject({ outcome: 'match', output: 5, rules: [1], problems: [] })
    expect(evaluate({ order: { total: 50 }, tier: 'gold' })).toMatchObject({ output: 0.5, rules: [2] })
    expect(evaluate({ order: { total: 50 }, tier: 'silver' })).toMatchObject({ output: 2, rules: [3] })
    expect(evaluate({})).toMatchObject({ outcome: 'none', output: null })
  })

  it('marks what is beyond S-FEEL, in the table and in what it decides', () => {
    expect(compileTable(fees).beyond).toEqual(['rules.2.when.1'])
    expect(compileTable(fees).evaluate({}).slow).toBe(true)
    const simple = compileTable({ ...fees, rules: fees.rules.slice(0, 2) })
    expect([simple.beyond, simple.evaluate({}).slow]).toEqual([[], undefined])
  })

  it('says why: the value of every input, and which cells held', () => {
    const { why } = compileTable(fees).evaluate({ order: { total: 50 }, tier: 'silver' })
    expect(why()).toEqual({
      inputs: [
        { label: 'order.total', value: 50 },
        { label: 'the tier', value: 'silver' },
      ],
      rules: [
        {
          rule: 1,
          id: 'small',
          matched: false,
          cells: [
            { text: '< 20', holds: false },
            { text: '-', holds: true },
          ],
        },
        {
          rule: 2,
          matched: false,
          cells: [
            { text: '-', holds: true },
            { text: '"gold"', holds: false },
          ],
        },
        {
          rule: 3,
          matched: true,
          cells: [
            { text: '>= 20', holds: true },
            { text: 'starts with(?, "s")', holds: true, beyond: true },
          ],
        },
      ],
    })
    const missing = compileTable(fees).evaluate({}).why()
    expect(missing.rules[0]?.cells).toEqual([
      { text: '< 20', holds: null },
      { text: '-', holds: true },
    ])
  })

  it('takes a value that its column does not allow for missing, and says so', () => {
    const { evaluate } = compileTable(fees)
    expect(evaluate({ order: { total: '10' }, tier: 'bronze' })).toMatchObject({
      outcome: 'none',
      problems: [
        { code: 'input_not_allowed', at: 'order.total' },
        { code: 'input_not_allowed', at: 'the tier' },
      ],
    })
    const typed = { ...fees, outputs: [{ type: 'string' as const }] }
    expect(compileTable(typed).evaluate({ order: { total: 1 } })).toMatchObject({
      output: null,
      problems: [{ code: 'output_not_allowed' }],
    })
  })

  it.each([
    ['date', '2026-01-31', '< date("2026-02-01")'],
    ['time', '10:00:00', '< time("18:00:00")'],
    ['date and time', '2026-01-31T10:00:00Z', '> date and time("2026-01-31T10:30:00+01:00")'],
    ['days and time duration', 'P2D', '> duration("PT47H")'],
    ['years and months duration', 'P1Y', 'duration("P12M")'],
  ] as const)('reads text as a %s where the column has that type, and writes it as text', (type, value, cell) => {
    const table: Table = {
      name: 't',
      hitPolicy: 'unique',
      inputs: [{ expression: 'x', type }],
      outputs: [{ type }],
      rules: [{ when: [cell], yields: ['x'] }],
    }
    expect(compileTable(table).evaluate({ x: value })).toMatchObject({ outcome: 'match', output: value, rules: [1] })
    expect(compileTable(table).evaluate({ x: 'nonsense' }).problems).toHaveLength(1)
  })

  it('looks at own properties of its inputs alone', () => {
    const table: Table = {
      name: 't',
      hitPolicy: 'unique',
      inputs: ['constructor', '__proto__.x', 'a.toString'].map((expression) => ({ expression, type: 'any' as const })),
      outputs: [{ type: 'any' }],
      rules: [{ when: ['null', 'null', 'null'], yields: ['[constructor, a.constructor]'] }],
    }
    expect(compileTable(table).evaluate({ a: {} })).toMatchObject({ outcome: 'match', output: [null, null] })
    expect(({} as { x?: unknown }).x).toBeUndefined()
  })

  it('does not take one of its functions for an input that is missing', () => {
    const column = { expression: 'count', type: 'any' as const }
    const table: Table = { ...fees, inputs: [column], rules: [{ when: ['null'], yields: ['1'] }] }
    expect(compileTable(table).evaluate({})).toMatchObject({ outcome: 'match', problems: [] })
    expect(compileTable(table).evaluate({ count: 3 })).toMatchObject({ outcome: 'none' })
  })

  it('knows names with blanks and signs when they stand by themselves', () => {
    const table: Table = {
      name: 't',
      hitPolicy: 'unique',
      inputs: [{ expression: 'Monthly Salary', type: 'number' }],
      outputs: [{ type: 'number' }],
      rules: [{ when: ['> 0'], yields: ['Monthly Salary * 12'] }],
    }
    expect(compileTable(table).evaluate({ 'Monthly Salary': 10 }).output).toBe(120)
  })

  it('is told the time', () => {
    const table: Table = { ...fees, rules: [{ when: ['-', '-'], yields: ['(today() - @"2026-01-01").days'] }] }
    expect(compileTable(table).evaluate({}, { now: Date.UTC(2026, 0, 31) }).output).toBe(30)
    expect(compileTable(table).evaluate({}).output).toBeNull()
  })
})

describe('a table that cannot be compiled', () => {
  const withCell = (cell: string) => ({ ...fees, rules: [{ when: [cell, '-'], yields: ['1'] }] })

  it.each([
    ['a cell that is no FEEL', withCell('< < 5'), 'cell_invalid', 'rules.0.when.0'],
    ['a name that nobody knows', withCell('> orders.total'), 'unknown_name', 'rules.0.when.0'],
    ['a date that does not exist', withCell('date("2026-02-30")'), 'cell_invalid', 'rules.0.when.0'],
    ['a cell that is too long', withCell(`${'1,'.repeat(3_000)}1`), 'cell_too_large', 'rules.0.when.0'],
    ['a cell too few', { ...fees, rules: [{ when: ['-'], yields: ['1'] }] }, 'table_invalid', 'rules.0'],
    ['an output without a name', { ...fees, outputs: [{}, { name: 'a' }], rules: [] }, 'table_invalid', 'outputs'],
    ['a sum of a unique table', { ...fees, aggregation: 'sum' }, 'table_invalid', 'aggregation'],
    ['a policy that does not exist', { ...fees, hitPolicy: 'random' }, 'table_invalid', 'hitPolicy'],
    ['no table', 'table', 'table_invalid', ''],
  ])('says what is wrong, and where: %s', (_, table, code, path) => {
    const fault = faultOf(table)
    expect([fault.code, fault.path]).toEqual([code, path])
    expect(fault.message).toMatch(/[.?]$/)
  })

  it('says what was perhaps meant', () => {
    expect(faultOf(withCell('> tire')).message).toContain('Did you mean "tier"?')
    expect(faultOf(withCell('=> 5')).message).toContain('Write `>=`.')
  })
})

describe('a table as JSON', () => {
  it('has one hash, whatever the order of its keys', () => {
    const reordered = Object.fromEntries(Object.entries(fees).toReversed()) as unknown as Table
    expect(tableHash(reordered)).toBe(tableHash(fees))
    expect(tableHash({ ...fees, hitPolicy: 'any' })).not.toBe(tableHash(fees))
    expect(tableHash(compileTable(fees).table)).toBe(tableHash(fees))
  })

  it('has a mark for its hit policy', () => {
    expect(policyMark(fees)).toBe('F')
    expect(policyMark({ hitPolicy: 'collect', aggregation: 'count' })).toBe('C#')
  })
})
