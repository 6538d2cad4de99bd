import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { stripVTControlCharacters } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readConfig } from '../config.ts'
import { run } from '../run.ts'
import { hostile, hostileText, needle, type HostileFile, type Kind } from './testing/hostile-files.ts'

const example = new URL('../../../../examples/order-status/', import.meta.url).pathname
const boundMs = 1_000
const boundMb = 200

/** What each command is given, and what it reads of it: every kind of file meets every command that opens it. */
const entrances: Record<string, { reads: readonly Kind[]; words: (desk: string, file: string) => string[] }> = {
  compile: { reads: ['procedure', 'operations', 'table', 'dmn'], words: (_, file) => [file] },
  check: { reads: ['procedure', 'operations', 'table', 'dmn'], words: (_, file) => [file] },
  tree: { reads: ['procedure', 'operations', 'table', 'dmn'], words: (_, file) => [file] },
  diff: { reads: ['procedure', 'operations'], words: (desk, file) => [join(desk, 'sound.yaml'), file] },
  chat: { reads: ['procedure', 'operations', 'answers', 'table', 'dmn'], words: (_, file) => [file] },
  simulate: {
    reads: ['procedure', 'operations', 'answers', 'scenarios'],
    words: (desk) => [join(desk, 'order-status.scenarios.yaml')],
  },
  test: { reads: ['procedure', 'operations', 'answers', 'scenarios'], words: (desk) => [desk] },
}
const written: Record<Kind, string> = {
  procedure: 'order-status.procedure.yaml',
  operations: 'operations.yaml',
  answers: 'operations.answers.yaml',
  scenarios: 'order-status.scenarios.yaml',
  table: 'fees.table.yaml',
  dmn: 'fees.dmn',
}

let root: string
/** What a small file costs, by command. */
const small = new Map<string, number>()
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'copse-hostile-'))
  for (const command of Object.keys(entrances)) {
    // Everything is loaded once, so that what a case costs is its own.
    await copse(command, deskWith('procedure', undefined))
    small.set(command, await costOf(command))
  }
}, 120_000)
afterAll(() => rmSync(root, { recursive: true, force: true }))

/** A copy of the example in which one file is another. */
function deskWith(kind: Kind, content: string | Uint8Array | undefined): { desk: string; file: string } {
  const desk = mkdtempSync(join(root, 'desk-'))
  cpSync(example, desk, { recursive: true })
  cpSync(join(example, written.procedure), join(desk, 'sound.yaml'))
  if (content !== undefined) writeFileSync(join(desk, written[kind]), content)
  if (kind === 'table' || kind === 'dmn') writeFileSync(join(desk, written.procedure), hostileText.asks(written[kind]))
  return { desk, file: join(desk, written.procedure) }
}

interface Outcome {
  code: number
  said: string
  cpuMs: number
}

async function copse(command: string, { desk, file }: { desk: string; file: string }): Promise<Outcome> {
  const said: string[] = []
  const started = process.cpuUsage()
  const code = await run([command, ...entrances[command]!.words(desk, file)], {
    environment: readConfig({}),
    print: (line) => void said.push(line),
    complain: (line) => void said.push(line),
    input: async function* () {
      yield* ['hello', needle]
    },
    now: Date.now,
    signal: new AbortController().signal,
  })
  const { user, system } = process.cpuUsage(started)
  return { code, said: stripVTControlCharacters(said.join('\n')), cpuMs: (user + system) / 1_000 }
}

const costOf = async (command: string): Promise<number> =>
  (await copse(command, deskWith('procedure', undefined))).cpuMs

/** A busy machine is slow with small files too. */
const mostMs = (smallMs: number): number => Math.max(boundMs, 200 * smallMs)

const contentOf = (desk: string): Record<string, string> =>
  Object.fromEntries(readdirSync(desk).map((name) => [name, readFileSync(join(desk, name), 'latin1')]))

describe.each(Object.entries(entrances))('copse %s', (command, { reads }) => {
  // What is large is large for whoever reads it: two commands stand for all.
  const isAsked = ({ text: content, by }: HostileFile): boolean =>
    by ? by.includes(command) : content.length < 100_000 || ['compile', 'simulate'].includes(command)
  const cases = hostile
    .filter(isAsked)
    .flatMap((one) => one.of.filter((kind) => reads.includes(kind)).map((kind) => [one.name, kind, one] as const))
  test.each(cases)('%s as %s: refused at its place, with what to do, soon and in little room', async (_, kind, one) => {
    const desk = deskWith(kind, one.text)
    const before = contentOf(desk.desk)
    const { code, said, cpuMs } = await copse(command, desk)
    expect(contentOf(desk.desk)).toEqual(before)
    // A machine is busy now and then, a slow reader slow always: it is asked once more.
    if (cpuMs >= mostMs(small.get(command)!)) {
      const most = mostMs(await costOf(command))
      expect((await copse(command, desk)).cpuMs).toBeLessThan(most)
    }
    expect(said.length).toBeLessThan(200_000)
    // oxlint-disable-next-line no-control-regex -- nothing may steer the terminal
    expect(said).not.toMatch(/[\x00-\x08\x0b-\x1f\x7f-\x9f]/)
    expect(said).not.toMatch(/^\s+at .+:\d+:\d+\)?$|ZodError|Invalid input|\[object|undefined/m)
    // Sound is what it is, not what the scenarios beside it say.
    if (one.isSound && kind === 'procedure' && reads.includes('scenarios')) return expect(code).toBe(1)
    if (one.isSound) return expect(code).toBe(0)
    // Of one that does not compile, `diff` still says what changed.
    expect(code).toBe(command === 'diff' && kind === 'procedure' && !one.isNoText ? 0 : 1)
    if (one.isNoText) expect(said).toContain(`${written[kind]}: The file is larger than 5 MB. Split it.`)
    else if (code === 1) {
      expect(said).toMatch(new RegExp(`${written[kind].replaceAll('.', '\\.')}:${one.at ?? '\\d+:\\d+'}`))
      expect(said).toMatch(one.says ?? /\w{3,}[^\n]*[.?)]$/m)
    }
  })
})

/** In a process of its own, as typed: what it says, how it ends, and how much room it ever took. */
async function roomFor(file: string): Promise<{ code: number | null; said: string; peakMb: number }> {
  const telling =
    "data:text/javascript,process.on('exit',()=>process.stderr.write('\\n'+process.resourceUsage().maxRSS))"
  const main = new URL('../main.ts', import.meta.url).pathname
  const child = spawn(process.execPath, ['--import', telling, main, 'compile', file], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')])
  return { code: child.exitCode, said: out + err, peakMb: Number(err.split('\n').at(-1)) / 1_024 }
}

test(
  'the largest of them take little more room than a small file, and no stack is shown',
  { timeout: 120_000 },
  async () => {
    const idle = await roomFor(deskWith('procedure', undefined).file)
    expect(idle.code).toBe(0)
    for (const name of [
      'a billion laughs',
      'five megabytes',
      'very many keys',
      'very many lines',
      'a tag of a megabyte',
    ]) {
      const { text: large } = hostile.find((one) => one.name === name)!
      const { code, said, peakMb } = await roomFor(deskWith('procedure', large).file)
      expect({ name, code }).toEqual({ name, code: 1 })
      expect(said).toContain('order-status.procedure.yaml:')
      expect(said).not.toMatch(/^\s+at /m)
      expect(peakMb - idle.peakMb, name).toBeLessThan(boundMb)
    }
  },
)

test('a device is no file, and need not be read to its end', async () => {
  const { desk } = deskWith('procedure', undefined)
  const { code, said } = await copse('compile', { desk, file: '/dev/zero' })
  expect({ code, said }).toEqual({ code: 1, said: 'copse compile: /dev/zero: This is a device. Name a file.' })
})
