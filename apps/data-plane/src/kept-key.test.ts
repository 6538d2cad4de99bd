import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { keptKey, keptToken } from './kept-key.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'copse-keys-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

test('a key is made once, for its owner only, and whoever comes second gets the same', async () => {
  const [one, two] = await Promise.all([keptKey(folder, 'link'), keptKey(folder, 'link')])
  expect(Buffer.from(one).equals(two)).toBe(true)
  expect(Buffer.from(await keptKey(folder, 'link')).equals(one)).toBe(true)
  expect(Buffer.from(await keptKey(folder, 'visitor')).equals(one)).toBe(false)
  expect(statSync(path.join(folder, 'link.key')).mode & 0o777).toBe(0o600)
  expect(readdirSync(folder).toSorted()).toEqual(['link.key', 'visitor.key'])
})

test('half a key is refused by name and stays as it is: another one would undo all that it signed', async () => {
  const file = path.join(folder, 'link.key')
  writeFileSync(file, Buffer.alloc(12, 1))
  await expect(keptKey(folder, 'link')).rejects.toMatchObject({
    code: 'config_invalid',
    detail: expect.stringContaining(file) as string,
  })
  expect(readFileSync(file)).toHaveLength(12)
  writeFileSync(path.join(folder, 'operator-token'), 'copse_operator_short\n')
  await expect(keptToken(folder)).rejects.toMatchObject({ code: 'config_invalid' })
})

test('a key that cannot be written is a fault that names its file', async () => {
  await expect(keptKey(path.join(folder, 'gone'), 'visitor')).rejects.toMatchObject({
    code: 'data_unwritable',
    detail: expect.stringContaining('visitor.key') as string,
  })
})
