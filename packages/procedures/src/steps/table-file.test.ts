import { expect, test } from 'vitest'
import { besideOf, compileProcedure } from '../index.ts'
import { catalogue } from '../testing/catalogue.ts'
import { configOf } from '../testing/compiled.ts'

const yaml = `table:
  hit_policy: first
  inputs: [{name: total, type: number}]
  outputs: [{name: fee, type: number}]
  rules: |
    total  || fee
    -------||-----
    >= 50  || 0
    -      || 5
`
const dmn = (last = '-'): string => `<?xml version="1.0"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" name="fees" namespace="fees" id="fees">
  <decision name="fee" id="fee">
    <decisionTable hitPolicy="FIRST">
      <input><inputExpression typeRef="number"><text>total</text></inputExpression></input>
      <output name="fee" typeRef="number"/>
      <rule><inputEntry><text>&gt;= 50</text></inputEntry><outputEntry><text>0</text></outputEntry></rule>
      <rule><inputEntry><text>${last}</text></inputEntry><outputEntry><text>5</text></outputEntry></rule>
    </decisionTable>
  </decision>
</definitions>`

const deciding = (table: string, files: Record<string, string>) =>
  compileProcedure(
    `copse: 1
procedure:
  id: fees
  steps:
    - {id: ask, action: collect_info, extract_fields: [{key: total, type: number}], required_fields: [total], next_step: fee}
    - {id: fee, action: decide, table: ${table}, next_step: done}
    - {id: done, action: end, say: "{{fee}}"}
`,
    { ...catalogue, beside: besideOf(() => Object.entries(files).map(([file, text]) => ({ file, text }))) },
    { file: 'fees.procedure.yaml' },
  )
const faults = (table: string, files: Record<string, string>): string[] =>
  deciding(table, files).diagnostics.map(
    ({ file, line, column, code, message }) => `${file}:${line}:${column} ${code} ${message}`,
  )

test.each([
  ['YAML', 'fees.table.yaml', yaml],
  ['DMN', 'fees.dmn', dmn()],
])('a table in %s beside the procedure is frozen into the tree, as if it stood in the step', (_, file, text) => {
  const compiled = deciding(file, { [`folder/${file}`]: text })
  expect(compiled.diagnostics).toEqual([])
  expect(configOf(compiled, 'fee', 'table')).toMatchObject({
    inputs: { total: 'total' },
    outputs: ['fee'],
    table: {
      rules: [
        { when: ['>= 50'], yields: ['0'] },
        { when: ['-'], yields: ['5'] },
      ],
    },
  })
})

test('what is wrong with the table is said of its file, with row and column', () => {
  expect(faults('fees.table.yaml', { 'fees.table.yaml': yaml.replace('>= 50 ', '>= << ') })).toEqual([
    expect.stringMatching(/^fees\.table\.yaml:8:\d+ \w+ /),
  ])
  expect(faults('fees.dmn', { 'fees.dmn': dmn('&lt; &lt;') })).toContainEqual(
    expect.stringMatching(/^fees\.dmn:8:\d+ table_cell_invalid Row 2, input 1: /),
  )
  expect(faults('fees.dmn', { 'fees.dmn': dmn('&lt; 40') })).toEqual([
    expect.stringMatching(/^fees\.dmn:4:\d+ table_gap No rule is for total = /),
  ])
})

test('a file that is not there, and one that holds no table', () => {
  expect(deciding('fee.dmn', { 'fees.dmn': dmn() }).diagnostics).toMatchObject([
    { code: 'unknown_table', file: 'fees.procedure.yaml', line: 6, fix: 'Did you mean "fees.dmn"?' },
  ])
  expect(
    faults('fees.dmn', {
      'fees.dmn': dmn().replaceAll('decision>', 'inputData>').replace('<decision ', '<inputData '),
    })[0],
  ).toBe('fees.dmn:1:1 table_invalid This model holds no decision table.')
  expect(faults('fees.table.yaml', { 'fees.table.yaml': 'rules: []' })[0]).toMatch(/^fees\.table\.yaml:1:1 /)
})
