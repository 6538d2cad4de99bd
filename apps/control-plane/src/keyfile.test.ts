import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readOrCreateKey } from './keyfile.ts'

test('a key is made once, kept, and readable by its owner only', () => {
  const folder = mkdtempSync(join(tmpdir(), 'copse-'))
  expect(readOrCreateKey(folder, 'admin-key', () => 'first')).toBe('first')
  expect(readOrCreateKey(folder, 'admin-key', () => 'second')).toBe('first')
  expect(statSync(join(folder, 'admin-key')).mode & 0o777).toBe(0o600)
  rmSync(folder, { recursive: true })
})
