import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readOrCreateKey } from './keyfile.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'copse-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const keyed = (key: string) => ({ name: 'admin-key', create: () => key, pattern: /^[a-z]{5,}$/ })

test('a key is made once, kept, and readable by its owner only', () => {
  expect(readOrCreateKey(folder, keyed('first'))).toBe('first')
  expect(readOrCreateKey(folder, keyed('second'))).toBe('first')
  expect(statSync(join(folder, 'admin-key')).mode & 0o777).toBe(0o600)
  expect(readdirSync(folder)).toEqual(['admin-key'])
})

test('a file without a whole key is refused by name, never replaced and never shown', () => {
  for (const damaged of ['', 'half']) {
    writeFileSync(join(folder, 'admin-key'), damaged)
    expect(() => readOrCreateKey(folder, keyed('another'))).toThrow(join(folder, 'admin-key'))
    expect(() => readOrCreateKey(folder, keyed('another'))).not.toThrow(/half/)
  }
})

test('a key that cannot be read is a fault that names the file', () => {
  mkdirSync(join(folder, 'admin-key'))
  expect(() => readOrCreateKey(folder, keyed('another'))).toThrow(/data_unwritable|cannot be written.*admin-key/)
})
