import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openStore } from '@copse/store'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readConfig } from './config.ts'
import { run } from './run.ts'

let root: string
let said: string[]
let complaints: string[]
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'copse-cli-'))
  said = []
  complaints = []
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

const copse = (...argv: string[]): Promise<number> =>
  run(argv, {
    environment: readConfig({}),
    print: (text) => void said.push(text),
    complain: (text) => void complaints.push(text),
    now: Date.now,
    signal: new AbortController().signal,
  })
const data = (): string => join(root, 'data')
const copy = (): string => join(root, 'copy.db')

async function contactIn(folder: string): Promise<string> {
  const store = await openStore({ folder })
  const [appended] = await store.append([
    { channel: 'web', messageId: 'm1', contact: { alias: 'ana' }, kind: 'text', text: 'hi' },
  ])
  await store.close()
  return appended!.contactId
}

test('a stopped tenant is copied, checked and brought back without a server', async () => {
  await contactIn(data())
  expect(await copse('backup', copy(), '--data', data())).toBe(0)
  expect(await copse('verify', '--data', data(), '--json')).toBe(0)
  expect(JSON.parse(said.at(-1)!)).toEqual({ ok: true, problems: [] })
  expect(await copse('restore', copy(), '--data', data())).toBe(1)
  expect(complaints.join()).toContain('not empty')
  expect(await copse('restore', copy(), '--data', data(), '--replace', '--json')).toBe(0)
  expect(JSON.parse(said.at(-1)!)).toMatchObject({ generation: 1, setAside: { messages: 1 } })
})

test('a person of a stopped tenant is forgotten', async () => {
  const id = await contactIn(data())
  expect(await copse('forget', id, '--data', data())).toBe(0)
  expect(await copse('forget', 'nobody', '--data', data())).toBe(1)
})

test('a running tenant’s folder is left alone', async () => {
  const store = await openStore({ folder: data() })
  expect(await copse('backup', copy(), '--data', data())).toBe(1)
  expect(complaints.join()).toContain('Another process holds')
  expect(existsSync(copy())).toBe(false)
  await store.close()
})
