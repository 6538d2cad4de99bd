import { describe, expect, it } from 'vitest'
import { compileTable, parseTable, tableHash, type Table } from '../index.ts'
import { cost } from '../testing/cost.ts'

const delivery = `table:
  name: Delivery fee
  hit_policy: first
  inputs:
    - {name: total, expression: order.total, type: number}
    - {name: tier, type: text, values: [gold, silver, none]}
    - {name: ordered, type: date}
  outputs:
    - {name: fee, type: number, default: 9}
    - {name: note, type: text}
  rules: |
    total    | tier         | ordered      || fee        | note
    ---------|--------------|--------------||------------|------------
    < 20     | not(gold)    | -            || 4.90       | pay more
    [20..50) | silver, none | >= 2026-01-01|| total / 10 | a tenth
    -        | gold         | -            || 0          | free
`

const tableOf = (yaml: string): Table => {
  const parsed = parseTable(yaml)
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.diagnostics))
  return parsed.table
}
const faultsOf = (yaml: string) => {
  const parsed = parseTable(yaml)
  return parsed.ok ? [] : parsed.diagnostics.map(({ code, line, column }) => `${line}:${column} ${code}`)
}
const withRules = (rules: string, type = 'number') =>
  `table:\n  inputs: [{name: a, type: ${type}}]\n  outputs: [b]\n  rules:\n${rules}`

const grid = (cell: string) =>
  faultsOf(`table:\n  inputs: [a]\n  outputs: [b]\n  rules: |\n    - | 1\n    ${cell} | 1\n`)
const fix = (yaml: string) => {
  const parsed = parseTable(yaml)
  return parsed.ok ? '' : parsed.diagnostics[0]?.fix
}

describe('a table in YAML', () => {
  it('reads like a spreadsheet, and becomes S-FEEL', () => {
    const { inputs, rules } = tableOf(delivery)
    expect(inputs[1]).toEqual({ expression: 'tier', type: 'string', values: '"gold", "silver", "none"' })
    expect(rules.map(({ when, yields }) => [...when, ...yields])).toEqual([
      ['< 20', 'not("gold")', '-', '4.90', '"pay more"'],
      ['[20..50)', '"silver", "none"', '>= date("2026-01-01")', 'total / 10', '"a tenth"'],
      ['-', '"gold"', '-', '0', '"free"'],
    ])
  })

  it('decides, with its inputs under their names', () => {
    const { evaluate } = compileTable(tableOf(delivery))
    const silver = { order: { total: 30 }, tier: 'silver', ordered: '2026-02-01' }
    expect(evaluate(silver)).toMatchObject({ output: { fee: 3, note: 'a tenth' }, rules: [2] })
    expect(evaluate({ ...silver, ordered: '2025-12-31' })).toMatchObject({ outcome: 'default', output: { fee: 9 } })
    expect(evaluate({ ...silver, tier: 'gold' })).toMatchObject({ output: { fee: 0 }, rules: [3] })
  })

  it('is the same table as a list of lists, whatever its layout', () => {
    const rules = `[["< 20", not(gold), "-", 4.90, pay more],
      ["[20..50)", "silver, none", ">= 2026-01-01", total / 10, a tenth], ["-", gold, "-", 0, free]]`
    const listed = delivery.replace(/rules: \|[^]*/, `rules: ${rules}\n`)
    expect(tableHash(tableOf(listed))).toBe(tableHash(tableOf(delivery)))
    expect(tableHash(tableOf(delivery.replace('4.90', '4.80')))).not.toBe(tableHash(tableOf(delivery)))
  })

  it.each([
    ['text', 'gold', '"gold"'],
    ['text', 'gold, very silver', '"gold", "very silver"'],
    ['text', '"gold, silver"', '"gold, silver"'],
    ['text', 'not(gold)', 'not("gold")'],
    ['text', 'null', 'null'],
    ['text', 'starts with(?, "a")', 'starts with(?, "a")'],
    ['text', '= a', '= a'],
    ['date', '[2026-01-01..2026-01-31]', '[date("2026-01-01")..date("2026-01-31")]'],
    ['time', '< 18:00', '< time("18:00:00")'],
    ['date and time', '> 2026-01-01T08:00Z', '> date and time("2026-01-01T08:00:00Z")'],
    ['duration', '>= P2D', '>= duration("P2D")'],
    ['months', 'P1Y6M', 'duration("P1Y6M")'],
    ['yes/no', 'yes', 'true'],
    ['number', '-5', '-5'],
  ])('takes, in a column of %s, %s for %s', (type, cell, expected) => {
    const yaml = `table:\n  inputs: [{name: a, type: ${type}}]\n  outputs: [b]\n  rules: |\n    ${cell} | 1\n`
    expect(tableOf(yaml).rules[0]?.when).toEqual([expected])
  })

  it.each([
    ['U', 'unique', undefined],
    ['collect', 'collect', undefined],
    ['C+', 'collect', 'sum'],
    ['collect max', 'collect', 'max'],
    ['rule order', 'rule order', undefined],
  ])('knows the hit policy %s', (word, hitPolicy, aggregation) => {
    const table = tableOf(withRules('    - [1, 1]').replace('inputs', `hit_policy: ${word}\n  inputs`))
    expect([table.hitPolicy, table.aggregation]).toEqual([hitPolicy, aggregation])
  })
})

describe('faults in a table in YAML', () => {
  it('are told all at once, each at its place', () => {
    const faults = faultsOf(`table:
  hit_policy: frist
  inputs:
    - {name: total, type: nmber, vals: 3}
    - {name: tier, type: text}
  outputs: [fee]
  rules:
    - ["=> 20", gold, 1]
    - ["-", gold]
    - ["< 5", "date(\\"2026-13-01\\")", 2]
    - ["-", gold, frist class]
    - ["-", "", 2]
`)
    expect(faults).toEqual([
      '2:15 invalid_value',
      '4:27 invalid_value',
      '4:34 unknown_key',
      '8:9 cell_invalid',
      '9:7 cells_missing',
      '10:21 cell_invalid',
      '11:25 cell_invalid',
      '12:13 cell_invalid',
    ])
  })

  it('are told at the sign that is wrong, also in a grid', () => {
    expect(grid('< 5 apples')).toEqual(['6:9 cell_invalid'])
    expect(grid('[1..5')).toEqual(['6:5 cell_invalid'])
    expect(grid('> nobody')).toEqual(['6:7 unknown_name'])
    expect(grid('1 | 2')).toEqual(['6:5 cells_missing'])
  })

  it('say what to write instead', () => {
    expect(fix(withRules('    - ["=> 5", 1]'))).toBe('Write `>=`.')
    expect(fix(withRules('    - [-, 1]'))).toContain('put quotes around "-"')
    expect(fix(withRules('    - ["> b", 1]'))).toBe('Did you mean "a"?')
    expect(fix(withRules('    - [1, 1]', 'txet'))).toBe('Did you mean "text"?')
    expect(fix('rules: 1')).toBeDefined()
  })

  it.each([
    ['nothing', ''],
    ['a list', '- 1'],
    ['a procedure', 'copse: 1\nprocedure: {}'],
    ['anchors', 'table: &x {name: *x}'],
    ['a bomb', `a: &a [x,x]\nb: &b [*a,*a]\ntable: [*b,*b]`],
    ['two documents', 'table: {}\n---\ntable: {}'],
    ['brackets', '['.repeat(100_000)],
    ['stairs', Array.from({ length: 300 }, (_, i) => `${' '.repeat(i)}k:`).join('\n')],
    ['dashes', '- '.repeat(50_000)],
    ['a megabyte', 'x'.repeat(1_000_001)],
    ['very many cells', withRules(`    - [1, 1]\n`.repeat(40_000))],
    ['very many cells beyond S-FEEL', withRules(`    - [odd(?) and odd(? + 2) or even(? - 1), 1]\n`.repeat(4_900))],
    ['a long cell beyond S-FEEL', withRules(`    - ["[${'1,'.repeat(450)}1]", 1]\n`.repeat(400))],
    ['a key that JavaScript knows', 'table: {__proto__: {a: 1}, inputs: [], outputs: [constructor], rules: []}'],
  ])('are no reason to throw or to take long: %s', (_, yaml) => {
    const { ms, result } = cost(() => parseTable(yaml))
    expect(result.ok).toBe(false)
    expect(ms).toBeLessThan(4_000)
  })
})
