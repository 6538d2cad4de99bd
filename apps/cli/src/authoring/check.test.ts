import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readConfig } from '../config.ts'
import { run } from '../run.ts'

const root = new URL('../../../../', import.meta.url)
const path = (file: string): string => new URL(file, root).pathname

let folder: string
let said: string[]
let complaints: string[]
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'copse-check-'))
  said = []
  complaints = []
  cpSync(path('examples/demo-business/operations.yaml'), join(folder, 'operations.yaml'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const copse = (...argv: string[]): Promise<number> =>
  run(argv, {
    environment: readConfig({}),
    print: (text) => void said.push(stripVTControlCharacters(text)),
    complain: (text) => void complaints.push(text),
    now: Date.now,
    signal: new AbortController().signal,
  })

const menu = (next: string): string => `copse: 1
procedure:
  id: menu
  triggers: [hello]
  steps:
    - id: menu
      action: inform
      say: What would you like to know?
      options:
        - {label: Opening hours, next_step: hours}
    - id: hours
      action: inform
      say: We are open from 9 to 5.
      next_step: ${next}
`
test('two procedures of a folder that the same words start are told, at the triggers of the second', async () => {
  write('a.procedure.yaml', menu('end'))
  const second = write('b.procedure.yaml', menu('end').replace('id: menu', 'id: other').replace('[hello]', '[Hello!]'))
  expect(await copse('check', folder)).toBe(0)
  expect(said.join('\n')).toContain(
    `${second}:4:1 warning "other" is started by "Hello!", and so is "menu". A tenant with both refuses them. (trigger_taken)`,
  )
})

function write(name: string, text: string): string {
  const file = join(folder, name)
  writeFileSync(file, text)
  return file
}

test('a procedure in which a conversation gets stuck is shown with the place, the way there and a fix', async () => {
  const file = write('menu.procedure.yaml', menu('menu'))
  expect(await copse('check', file)).toBe(1)
  const [text = ''] = said
  expect(text).toContain(`${file}:6:11 error From "menu" the conversation only goes round`)
  expect(text).toContain('    6 |     - id: menu')
  expect(text).toContain('    customer writes "hello"')
  expect(text).toContain('to a step that ends')
  expect(text).toContain('1 error, 0 warnings')
})

test('a whole folder is checked, and one procedure without fault says what a conversation costs at most', async () => {
  write('menu.procedure.yaml', menu('end'))
  write('other.procedure.yaml', menu('menu'))
  expect(await copse('check', folder)).toBe(1)
  expect(said[0]).toContain('menu.procedure.yaml: nothing to say. Every conversation was looked at: 2 states')
  expect(said[0]).toContain('A turn: at most 2 model calls and 1 message.')
  expect(said[0]).toContain('A conversation: 3 replies')
  expect(said[0]).toContain('2 procedures: 1 error, 0 warnings.')
})

test('--json gives the same as data', async () => {
  write('menu.procedure.yaml', menu('menu'))
  expect(await copse('check', folder, '--json')).toBe(1)
  expect(JSON.parse(said[0]!)).toMatchObject({
    ok: false,
    procedures: [
      {
        id: 'menu',
        findings: [{ code: 'dead_end', severity: 'error', line: 6, column: 11, why: ['customer writes "hello"'] }],
        explored: { exhaustive: true, states: 2, worst: { modelCallsPerTurn: 2, repliesPerConversation: null } },
      },
    ],
  })
})

test('warnings alone are no reason to stop, and count only for the channels that were named', async () => {
  const options = Array.from({ length: 12 }, (_, n) => `        - {label: Shop ${n}, next_step: hours}`).join('\n')
  const file = write('menu.procedure.yaml', menu('end').replace(/ {8}- \{label.*/, options))
  expect(await copse('check', file, '--channel', 'whatsapp')).toBe(0)
  expect(said.pop()).toContain('whatsapp shows at most 10')
  expect(await copse('check', file, '--channel', 'webchat')).toBe(0)
  expect(said.pop()).toContain('nothing to say')
})

test('a folder without procedures, a file that is not there and a channel nobody knows are said plainly', async () => {
  expect(await copse('check', folder)).toBe(1)
  expect(await copse('check', join(folder, 'nothing.yaml'))).toBe(1)
  expect(await copse('check', write('menu.procedure.yaml', menu('end')), '--channel', 'telegraph')).toBe(1)
  expect(await copse('check', write('menu.procedure.yaml', menu('end')), '--channel', 'watsapp')).toBe(1)
  expect(complaints).toEqual([
    expect.stringContaining('There is no *.procedure.yaml or *.flow.yaml in this folder.'),
    expect.stringContaining('There is no such file.'),
    expect.stringContaining('There is no channel "telegraph". Known: webchat, api, http_dev, whatsapp.'),
    expect.stringContaining('There is no channel "watsapp". Did you mean "whatsapp"?'),
  ])
})

test('the guide shows what it says', async () => {
  const guide = readFileSync(path('docs/guides/authoring.md'), 'utf8')
  const shown = /\$ copse check (\S+)\n([\s\S]*?)```/.exec(guide)
  const source = readFileSync(path('packages/studio/corpus/03-large-amounts-never-end.yaml'), 'utf8')
  await copse('check', write(shown![1]!, source))
  expect(said[0]?.replaceAll(`${folder}/`, '')).toContain(shown![2]!.trimEnd())
})

test('a flow is looked at like a procedure, and the whole library holds nothing to say', async () => {
  expect(await copse('check', path('procedures'))).toBe(0)
  expect(said[0]).toContain('hairdresser.flow.yaml: nothing to say. Every conversation was looked at:')
  const file = write(
    'stuck.flow.yaml',
    readFileSync(path('packages/studio/corpus/f03-an-empty-list-leads-nowhere.yaml'), 'utf8'),
  )
  expect(await copse('check', file)).toBe(1)
  expect(said[1]).toContain(`${file}:15:5 error The conversation gets stuck in "DAYS": no answer leads on.`)
  expect(said[1]).toContain(
    '    customer chooses "Days"\n    get_available_days answers: yes\n    there is nothing to choose from',
  )
})

test('a list of operations that only names another file stands for that one', async () => {
  write('operations.yaml', 'lists/ours.yaml\n')
  cpSync(path('examples/demo-business/operations.yaml'), join(folder, 'lists/ours.yaml'))
  const source = readFileSync(path('procedures/refund.procedure.yaml'), 'utf8')
  expect(await copse('check', write('order.procedure.yaml', source))).toBe(0)
})
