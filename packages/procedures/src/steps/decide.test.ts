import { expect, test } from 'vitest'
import { codesOf, configOf, exitsOf, ours } from '../testing/compiled.ts'

const deciding = (table: string, more = '') =>
  ours(`- {id: ask, action: collect_info, extract_fields: [{key: total, type: number}], required_fields: [total], next_step: fee}
- id: fee
  action: decide
  next_step: end${more}
  ${table}`)

const table = (rule = '-      || 5') => `table:
    inputs: [{name: total, type: number}]
    outputs: [{name: fee, type: number}]
    hit_policy: first
    rules: |
      total  || fee
      -------||-----
      >= 50  || 0
      ${rule}`

test('a table is frozen into the tree, with the fields that it looks at and decides', () => {
  expect(configOf(deciding(table()), 'fee', 'table')).toMatchObject({
    inputs: { total: 'total' },
    outputs: ['fee'],
    table: {
      hitPolicy: 'first',
      rules: [
        { when: ['>= 50'], yields: ['0'] },
        { when: ['-'], yields: ['5'] },
      ],
    },
  })
})

test('where no rule matches it goes to a person, or where the author says', () => {
  expect(exitsOf(deciding(table()), 'fee')).toEqual({ success: 'end', none: '$handoff', failure: '$handoff' })
  expect(exitsOf(deciding(table(), '\n  on_none: ask'), 'fee')['none']).toBe('ask')
})

test('a broken cell is reported where it stands in the procedure, by the step that has it', () => {
  expect(deciding(table('-      || 5 +')).diagnostics).toMatchObject([
    { severity: 'error', line: 18, path: 'steps.fee.table' },
  ])
})

test('a gap is a warning, at the table', () => {
  const { ok, diagnostics } = deciding(table('< 20   || 5'))
  expect(ok).toBe(true)
  expect(diagnostics).toMatchObject([
    {
      code: 'table_gap',
      severity: 'warning',
      path: 'steps.fee.table',
      fix: 'Or say by `on_none:` where it goes on then: now that is where `on_failure` leads, else a person.',
    },
  ])
})

test('no gap is one for who says where it goes on', () => {
  expect(deciding(table('< 20   || 5'), '\n  on_none: ask').diagnostics).toEqual([])
  expect(codesOf(deciding(table('< 20   || 5 +'), '\n  on_none: ask'))).toEqual(['cell_invalid'])
})

test.each([
  [table().replaceAll('fee', 'the fee'), ['result_missing']],
  [table().replace('name: total', 'name: totl').replace('total  ||', 'totl   ||'), ['unknown_field']],
  ['table: {inputs: [total], outputs: [fee], rules: [[">= 50", 1]]}', ['table_invalid']],
  ['name: x', ['missing_key']],
])('%s', (given, codes) => {
  expect(codesOf(deciding(given))).toEqual(codes)
})
