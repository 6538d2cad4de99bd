import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { stripVTControlCharacters } from 'node:util'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readConfig } from '../config.ts'
import { run } from '../run.ts'

const examples = new URL('../../../../examples/', import.meta.url).pathname
const library = new URL('../../../../procedures/', import.meta.url).pathname

/** A copy of the example that every test may spoil. */
let desk: string
let said: string
let complaints: string
beforeEach(() => {
  desk = mkdtempSync(join(tmpdir(), 'copse-desk-'))
  cpSync(join(examples, 'order-status'), desk, { recursive: true })
})
afterEach(() => rmSync(desk, { recursive: true, force: true }))

const file = (name: string): string => join(desk, name)
const procedure = (): string => file('order-status.procedure.yaml')
const scenarios = (): string => file('order-status.scenarios.yaml')

function change(name: string, from: string, to: string): void {
  const before = readFileSync(file(name), 'utf8')
  expect(before).toContain(from)
  writeFileSync(file(name), before.replace(from, to))
}

async function copse(...argv: string[]): Promise<number> {
  said = ''
  complaints = ''
  return run(argv, {
    environment: readConfig({}),
    print: (line) => void (said += `${stripVTControlCharacters(line)}\n`),
    complain: (line) => void (complaints += `${line}\n`),
    now: () => 0,
    signal: new AbortController().signal,
  })
}

test('compile says what is wrong, shows the line, and gives a fix', async () => {
  change('order-status.procedure.yaml', 'on_success: tell', 'on_success: tel')
  expect(await copse('compile', procedure())).toBe(1)
  expect(said).toBe(`${procedure()}:25:19 error There is no step "tel". (unknown_target)
   25 |       on_success: tel
      |                   ^
  Did you mean "tell"?

1 error, 0 warnings
`)
})

test('compile prints the tree as JSON, or the faults', async () => {
  expect(await copse('compile', procedure(), '--json')).toBe(0)
  expect(JSON.parse(said)).toMatchObject({ v: 1, id: 'order_status', root: { op: 'stages' } })
  change('order-status.procedure.yaml', 'on_success: tell', 'on_success: tel')
  expect(await copse('compile', procedure(), '--json')).toBe(1)
  expect(JSON.parse(said)).toMatchObject({ ok: false, diagnostics: [{ code: 'unknown_target', line: 25, column: 19 }] })
})

test('what compile prints as JSON is canonical: whatever order a step is written in, and its hash is that of the tree', async () => {
  await copse('compile', procedure())
  const [, hash] = /tree ([0-9a-f]{12})\.\n$/.exec(said) ?? []
  await copse('compile', procedure(), '--json')
  const printed = said
  const sha256 = createHash('sha256')
    .update(JSON.stringify(JSON.parse(printed)))
    .digest('hex')
  expect(sha256.slice(0, 12)).toBe(hash)
  change(
    'order-status.procedure.yaml',
    'on_success: tell\n      on_failure: not_found',
    'on_failure: not_found\n      on_success: tell',
  )
  await copse('compile', procedure(), '--json')
  expect(said).toBe(printed)
})

test('without a list of operations, that is what compile asks for', async () => {
  rmSync(file('operations.yaml'))
  expect(await copse('compile', procedure())).toBe(1)
  expect(said).toContain(`Put an operations.yaml into ${desk}, or name one with --operations.`)
})

test('tree draws as text, Mermaid, SVG and as the nodes that run; not two at once', async () => {
  expect(await copse('tree', procedure())).toBe(0)
  expect(said).toContain('on_failure → not_found')
  await copse('tree', procedure(), '--mermaid')
  expect(said).toMatch(/^flowchart TD\n/)
  await copse('tree', procedure(), '--svg')
  expect(said).toMatch(/^<svg [^]*<\/svg>\n$/)
  await copse('tree', procedure(), '--nodes')
  expect(said).toContain('call:lookup_order (call)')
  expect(await copse('tree', procedure(), '--svg', '--mermaid')).toBe(1)
  expect(complaints).toContain('Choose one of --mermaid and --svg.')
})

test('diff tells two versions apart in sentences', async () => {
  cpSync(procedure(), file('after.yaml'))
  change('after.yaml', '<= 14', '<= 30')
  expect(await copse('diff', procedure(), file('after.yaml'))).toBe(0)
  expect(said).toContain('tell: conditions fresh 14 -> 30')
  expect(said).toContain('Running conversations stay on version 1 until they end.')
  await copse('diff', procedure(), procedure())
  expect(said).toBe('Nothing changed.\n')
})

test('test plays every scenario of a folder, and says what none of them goes through', async () => {
  expect(await copse('test', desk)).toBe(0)
  expect(said).toContain('✓ 4 scenarios as expected')
  expect(said).toContain(`${procedure()}:46:22  no scenario takes fresh → a person (There is a problem)`)
  expect(await copse('test', desk, '--complete')).toBe(1)
  expect(await copse('test', desk, '--json')).toBe(0)
  expect(JSON.parse(said)).toMatchObject({
    ok: true,
    turns: 7,
    files: [
      { coverage: [{ procedure: 'order_status', steps: { covered: 6, all: 6 }, edges: { covered: 7, all: 10 } }] },
    ],
  })
})

test('simulate says where a conversation went otherwise, and shows it up to there', async () => {
  change('order-status.scenarios.yaml', 'expect: {status: completed}', 'expect: {status: escalated}')
  expect(await copse('simulate', scenarios())).toBe(1)
  expect(said).toContain(`  ✗ a delivered order is told and closed
      ${scenarios()}:6:24  turn 2: the status: expected escalated, got completed
          6 |       expect: {status: escalated}
            |                        ^
        > Where is my order ORD-123?`)
  expect(said).toContain('4 scenarios, 1 not as expected; 7 turns')
})

test('simulate plays nothing while the procedure does not compile', async () => {
  change('order-status.procedure.yaml', 'on_success: tell', 'on_success: tel')
  expect(await copse('simulate', scenarios())).toBe(1)
  expect(said).toContain('1 error, 0 warnings: nothing was played.')
})

test('simulate asks for a procedure where there is none, and for the scenarios where they are missing', async () => {
  rmSync(procedure())
  expect(await copse('simulate', scenarios())).toBe(1)
  expect(complaints).toContain(`${desk}: There is no *.procedure.yaml or *.flow.yaml in this folder.`)
  expect(await copse('simulate', file('nowhere.scenarios.yaml'))).toBe(1)
  expect(complaints).toContain('nowhere.scenarios.yaml: There is no such file.')
})

test('a shipped procedure is as expected against the demo business, in this process', async () => {
  const business = join(examples, 'demo-business')
  expect(await copse('simulate', join(library, 'refund.scenarios.yaml'), '--business', business)).toBe(0)
  expect(said).toMatch(/\d+ scenarios, all as expected/)
})

test.each([
  ['a file that is not there', ['compile', 'nowhere.yaml'], 'nowhere.yaml: There is no such file.'],
  ['a folder for a file', ['compile', library], 'This is a folder.'],
  [
    'a folder without scenarios',
    ['test', join(examples, 'demo-business')],
    'There is no *.scenarios.yaml in this folder.',
  ],
  [
    'a business that is none',
    ['test', library, '--business', library],
    'cannot be played as a business: there is no package.json in it.',
  ],
  ['a folder that is not there', ['test', 'nowhere'], 'nowhere: There is no such folder.'],
])('%s is refused in words', async (_, words, message) => {
  expect(await copse(...words)).toBe(1)
  expect(complaints).toContain(message)
})

test('a broken file of answers names its line', async () => {
  change('operations.answers.yaml', 'lookup_order:', 'lookup_ordr:')
  expect(await copse('test', desk)).toBe(1)
  expect(complaints).toContain(
    `${file('operations.answers.yaml')}:3:3 "lookup_ordr": there is no operation "lookup_ordr". Did you mean "lookup_order"?`,
  )
})

test('chat is a conversation in a terminal, with the step, the data, taps by number and a new beginning', async () => {
  const main = new URL('../main.ts', import.meta.url).pathname
  const child = spawn(process.execPath, [main, 'chat', procedure()], { stdio: ['pipe', 'pipe', 'pipe'] })
  child.stdin.end(
    [
      '/data',
      'Where is my order ORD-123?',
      '/step',
      '/data',
      '1',
      '/restart',
      'track my order',
      '/wait 25 h',
      '/quit',
      'unheard',
    ].join('\n'),
  )
  const [out, err, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')])
  expect([err, code]).toEqual(['', 0])
  expect(out).toContain('> /data\n  Nothing was said yet.')
  expect(out).toContain('headphones, delivered. It arrived in the last two weeks')
  expect(out).toContain('  1  All good\n  2  There is a problem\n  called lookup_order: ok\n')
  expect(out).toContain('order_status, at fresh, waiting')
  expect(out).toContain('> /step\n  fresh, waiting')
  expect(out).toContain('order_id (customer) ORD-123')
  expect(out).toContain('> 1\nThank you. Write to me any time.')
  expect(out).toMatch(/A new conversation\.\n> track my order\nWhich order is it\?/)
  expect(out).toMatch(/> \/wait 25 h\n\(nothing is said\)\n {2}order_status, at ask_order, completed/)
  expect(out).not.toContain('unheard')
  expect(out).toContain('4 turns.')
})
