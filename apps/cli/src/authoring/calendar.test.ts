import { cpSync, mkdtempSync, rmSync, writeFileSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readConfig } from '../config.ts'
import { run } from '../run.ts'

const library = new URL('../../../../procedures/', import.meta.url).pathname

let folder: string
let said: string
let complaints: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'copse-calendar-'))
  for (const name of ['hairdresser.flow.yaml', 'hairdresser.scenarios.yaml'])
    cpSync(join(library, name), join(folder, name))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

async function copse(argv: string[], typed: string[] = []): Promise<number> {
  said = ''
  complaints = ''
  return run(argv, {
    environment: readConfig({}),
    print: (line) => void (said += `${stripVTControlCharacters(line)}\n`),
    complain: (line) => void (complaints += `${line}\n`),
    async *input() {
      yield* typed
    },
    now: () => 0,
    signal: new AbortController().signal,
  })
}

const flow = (): string => join(folder, 'hairdresser.flow.yaml')
const scenarios = (): string => join(folder, 'hairdresser.scenarios.yaml')
const change = (from: RegExp, to: string): void =>
  writeFileSync(scenarios(), readFileSync(scenarios(), 'utf8').replace(from, to))

test('a flow that books is talked to without anything beside it: the calendar is there, and reminds in its time', async () => {
  const typed = ['hello', '1', '1', '5', '1', '1', '/wait 2 days', '/wait 1 day', '/quit']
  expect(await copse(['chat', flow()], typed)).toBe(0)
  expect(said).toContain('Haircut, Fri 16 Jan, 09:00. Shall I book it?')
  expect(said).toContain('called book_appointment: ok')
  const [, before, after] = said.split(/^.*hairdresser, at BOOKED.*$/m)
  expect(before).not.toContain('reminder')
  expect(after).toContain('A reminder of your appointment: Fri 16 Jan, 09:00. Will you come?')
})

test('its scenarios begin when their scene says, with the calendar of the scene', async () => {
  expect(await copse(['test', folder, '--complete'])).toBe(0)
  expect(said).toMatch(/14 of 14 steps, 34 of 34 ways/)
  change(/begins: .*/, 'begins: 2026-11-28T08:00')
  expect(await copse(['simulate', scenarios()])).toBe(1)
  expect(said).toContain('not as expected')
})

test('a scene that cannot be is refused with its line', async () => {
  change(/begins: .*/, 'begins: soon')
  expect(await copse(['simulate', scenarios()])).toBe(1)
  expect(complaints).toContain(`${scenarios()}:4:11 "begins" is not a day and a time, e.g. 2026-11-23T08:00`)
  change(/begins: .*/, 'begins: 2026-11-23')
  change(/to: '12:00'/, "to: '25:00'")
  expect(await copse(['simulate', scenarios()])).toBe(1)
  expect(complaints).toContain('connector calendar, config.hours.week.mon.0.to:')
})
