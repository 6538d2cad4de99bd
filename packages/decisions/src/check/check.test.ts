import { describe, expect, it } from 'vitest'
import { checkTable, type Table } from '../index.ts'
import { cost } from '../testing/cost.ts'

const tableOf = (policy: Table['hitPolicy'], columns: Table['inputs'], rules: string[][]): Table => ({
  name: 't',
  hitPolicy: policy,
  inputs: columns,
  outputs: [{ name: 'out', type: 'string', values: ['"x"', '"y"'] }],
  rules: rules.map((cells) => ({ when: cells.slice(0, -1), yields: cells.slice(-1) })),
})
const age: Table['inputs'][number] = { expression: 'age', type: 'number' }
const tier: Table['inputs'][number] = { expression: 'tier', type: 'string', values: '"gold", "silver"' }
const summary = (table: Table) =>
  checkTable(table).findings.map(({ code, rules, example }) => ({ code, rules, example }))

describe('what is wrong with a table', () => {
  it('nothing', () => {
    const rules = [
      ['< 18', '-', '"x"'],
      ['>= 18', '"gold"', '"x"'],
      ['>= 18', '"silver"', '"y"'],
    ]
    expect(checkTable(tableOf('unique', [age, tier], rules))).toEqual({ exhaustive: true, because: [], findings: [] })
  })

  it('rules that can match together, with an input that shows it', () => {
    const rules = [
      ['<= 18', '"x"'],
      ['>= 18', '"y"'],
    ]
    expect(summary(tableOf('unique', [age], rules))).toEqual([{ code: 'overlap', rules: [1, 2], example: { age: 18 } }])
  })

  it('inputs that no rule is for', () => {
    const rules = [
      ['< 18', '-', '"x"'],
      ['> 18', '"gold"', '"x"'],
    ]
    expect(summary(tableOf('unique', [age, tier], rules))).toEqual([
      { code: 'gap', rules: [], example: { age: 18, tier: 'gold' } },
      { code: 'gap', rules: [], example: { age: 19, tier: 'silver' } },
    ])
  })

  it('no gap where there is a default, or where all matches are collected', () => {
    const table = tableOf('unique', [age], [['> 18', '"x"']])
    expect(summary({ ...table, outputs: [{ type: 'string', default: '"y"' }] })).toEqual([])
    expect(summary({ ...table, hitPolicy: 'collect' })).toEqual([])
  })

  it('text that was not thought of', () => {
    const column: Table['inputs'][number] = { expression: 'tier', type: 'string' }
    const rules = [
      ['"gold"', '"x"'],
      ['"silver"', '"y"'],
    ]
    expect(summary(tableOf('unique', [column], rules))).toMatchObject([
      { code: 'gap', example: { tier: 'anything else' } },
    ])
  })

  it('days, which have nothing between them', () => {
    const column: Table['inputs'][number] = { expression: 'day', type: 'date' }
    const rules = [
      ['<= date("2026-01-31")', '"x"'],
      ['>= date("2026-02-01")', '"y"'],
    ]
    expect(summary(tableOf('unique', [column], rules))).toEqual([])
    const moments = rules.map(([cell = '', output = '']) => [cell.replace('date(', 'date and time('), output])
    expect(summary(tableOf('unique', [{ ...column, type: 'date and time' }], moments))).toMatchObject([{ code: 'gap' }])
  })

  it('a rule that others always take', () => {
    const rules = [
      ['< 18', '"x"'],
      ['[10..12]', '"y"'],
      ['>= 18', '"x"'],
      ['-', '"y"'],
    ]
    expect(summary(tableOf('first', [age], rules))).toEqual([
      { code: 'unreachable', rules: [2], example: undefined },
      { code: 'unreachable', rules: [4], example: undefined },
    ])
    expect(summary(tableOf('priority', [age], rules))).toEqual([
      { code: 'unreachable', rules: [2], example: undefined },
      { code: 'unreachable', rules: [4], example: undefined },
    ])
  })

  it('a rule that nothing passes', () => {
    const rules = [
      ['[18..10]', '-', '"x"'],
      ['-', '"bronze"', '"x"'],
      ['-', '-', '"y"'],
    ]
    const { findings } = checkTable(tableOf('first', [age, tier], rules))
    expect(findings.map(({ code, path }) => `${code} ${path}`)).toEqual([
      'never_matches rules.0.when.0',
      'never_matches rules.1.when.1',
    ])
  })

  it('constants of another type', () => {
    const rules = [
      ['"18"', '-', '"x"'],
      ['< 18', 'true', '5'],
      ['-', '-', '"z"'],
    ]
    const { findings } = checkTable(tableOf('first', [age, tier], rules))
    expect(findings.map(({ code, path }) => `${code} ${path}`)).toEqual(
      expect.arrayContaining([
        'wrong_type rules.0.when.0',
        'wrong_type rules.1.when.1',
        'wrong_type rules.1.yields.0',
        'value_not_listed rules.2.yields.0',
      ]),
    )
    const untyped: Table['inputs'][number] = { expression: 'age', type: 'any' }
    expect(
      summary(
        tableOf(
          'first',
          [untyped],
          [
            ['5', '"x"'],
            ['"5"', '"x"'],
            ['-', '"x"'],
          ],
        ),
      ),
    ).toMatchObject([{ code: 'mixed_types' }])
  })

  it('priorities without an order', () => {
    const table = tableOf('priority', [age], [['-', '"x"']])
    expect(summary({ ...table, outputs: [{ type: 'string' }] })).toMatchObject([{ code: 'no_priorities' }])
  })

  it('a text that cannot be read', () => {
    expect(
      checkTable(
        tableOf(
          'first',
          [age],
          [
            ['< ,', '"x"'],
            ['-', '"x"'],
          ],
        ),
      ),
    ).toMatchObject({
      exhaustive: false,
      findings: [{ code: 'cell_invalid', path: 'rules.0.when.0' }],
    })
  })
})

describe('what was not looked at is said', () => {
  it.each([
    [
      'a cell about another input',
      [
        ['> limit', '"x"'],
        ['<= 5', '"y"'],
      ],
    ],
    [
      'a cell beyond S-FEEL',
      [
        ['odd(?)', '"x"'],
        ['< 5', '"y"'],
      ],
    ],
  ])('%s', (_, rules) => {
    const { exhaustive, because, findings } = checkTable(tableOf('unique', [age], rules))
    expect(exhaustive).toBe(false)
    expect(because[0]).toContain('"age" of rule 1')
    expect(findings).toEqual([])
  })

  it('more combinations than can be tried', () => {
    const columns = Array.from({ length: 20 }, (_, i): Table['inputs'][number] => ({
      expression: `b${i}`,
      type: 'boolean',
    }))
    const rules = Array.from({ length: 60 }, (_, i) => [
      ...columns.map((_, column) => ((i * 7 + column * 3) % 5 === 0 ? 'true' : (i + column) % 7 === 0 ? 'false' : '-')),
      '"x"',
    ])
    const { ms } = cost(() => {
      checkTable(tableOf('first', columns, rules))
    })
    expect(ms).toBeLessThan(8_000)
  })

  it('a large table is checked in time', () => {
    const rules = Array.from({ length: 1_500 }, (_, i) => [`[${i}..${i + 1})`, '-', '"x"'])
    const { ms } = cost(() => {
      expect(checkTable(tableOf('first', [age, tier], rules)).findings).toMatchObject([{ code: 'gap' }])
    })
    expect(ms).toBeLessThan(8_000)
  })

  it('long lists in many cells are looked at as far as that is quick', () => {
    const list = (open: string, close: string, cells: number): string[][] =>
      Array.from({ length: cells }, (_, i) => {
        const items = Array.from({ length: 400 }, (_, n) => n * 2).join(', ')
        return [`${open}${items}, ${-i}${close}`, '"x"']
      })
    const { ms } = cost(() => {
      expect(checkTable(tableOf('collect', [age], list('[', ']', 20)))).toMatchObject({
        exhaustive: true,
        findings: [],
      })
      expect(checkTable(tableOf('collect', [age], list('', '', 600)))).toMatchObject({
        exhaustive: false,
        findings: [],
      })
    })
    expect(ms).toBeLessThan(8_000)
  })

  it.each(['unique', 'first', 'priority'] as const)('the largest table is checked in time, hit policy %s', (policy) => {
    const columns = Array.from({ length: 10 }, (_, i): Table['inputs'][number] => ({
      expression: `c${i}`,
      type: 'number',
    }))
    const rules = Array.from({ length: 2_000 }, (_, i) => [
      ...columns.map((_, column) => `[${(i * 13 + column) % 997}..${((i * 13 + column) % 997) + 500})`),
      '"x"',
    ])
    const { ms } = cost(() => {
      expect(checkTable(tableOf(policy, columns, rules)).exhaustive).toBe(false)
    })
    expect(ms).toBeLessThan(8_000)
  })
})
