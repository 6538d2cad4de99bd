import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readConfig } from '../config.ts'
import { run } from '../run.ts'

let folder: string
let said: string[]
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'copse-beside-'))
  said = []
  write('fees.table.yaml', table())
  write('which.procedure.yaml', which())
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const copse = (...argv: string[]): Promise<number> =>
  run(argv, {
    environment: readConfig({}),
    print: (text) => void said.push(stripVTControlCharacters(text)),
    complain: (text) => void said.push(text),
    now: Date.now,
    signal: new AbortController().signal,
  })

function write(name: string, text: string): string {
  const file = join(folder, name)
  writeFileSync(file, text)
  return file
}

const table = (last = '-'): string =>
  `table:
  hit_policy: first
  inputs: [{name: total, type: number}]
  outputs: [{name: fee, type: number}]
  rules: |
    total  || fee
    -------||-----
    >= 50  || 0
    ${last}     || 5
`
const greeting =
  'copse: 1\nprocedure:\n  id: hi\n  triggers: [hi]\n  steps:\n    - {id: done, action: end, say: Hello.}\n'

test('a folder stands for files that end in .yml as well, as it does in a tenant', async () => {
  write('hi.procedure.yml', greeting)
  await copse('check', folder)
  expect(said.join('\n')).toContain('hi.procedure.yml: nothing to say.')
})

const which = (next = 'end'): string => `copse: 1
procedure:
  id: which
  outputs: {total: number}
  steps:
    - {id: ask, action: collect_info, say: How much is it?, extract_fields: [{key: total, type: number}], required_fields: [total], next_step: ${next}, on_failure: handoff}
`
const fees = `copse: 1
procedure:
  id: fees
  triggers: [fee]
  steps:
    - {id: order, action: subprocedure, procedure: which, outputs: {total: total}, next_step: fee}
    - {id: fee, action: decide, table: fees.table.yaml, next_step: tell}
    - {id: tell, action: end, say: "Sending it costs {{fee}}."}
`
const scenario = `
- name: a small one
  turns:
    - {customer: fee, expect: {step: order.ask}}
    - {customer: "20", expect: {status: completed, contains: costs 5.}}
`

test('every command of an author finds the procedures and tables of the folder', async () => {
  const file = write('fees.procedure.yaml', fees)
  const played = write('fees.scenarios.yaml', scenario)
  const ran = [
    await copse('check', file),
    await copse('compile', file),
    await copse('tree', file),
    await copse('simulate', played),
    await copse('diff', file, file),
  ]
  expect(ran, said.join('\n')).toEqual([0, 0, 0, 0, 0])
  expect(said[0]).toContain('nothing to say. Every conversation was looked at')
  expect(said[2]).toContain('order.ask (collect_info)')
  expect(said[3]).toContain('1 scenario, all as expected')
})

test('what is wrong in them is said of their files', async () => {
  const file = write('fees.procedure.yaml', fees)
  write('fees.table.yaml', table('< <'))
  const broken = write('which.procedure.yaml', which('nd'))
  expect(await copse('check', file)).toBe(1)
  expect(said[0]).toContain(`${broken}:6:`)
  expect(said[0]).toContain('There is no step "nd".')
  expect(said[0]).toContain(`${join(folder, 'fees.table.yaml')}:9:`)
})
