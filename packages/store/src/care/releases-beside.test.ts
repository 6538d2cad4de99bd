import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { copyReleases, restoreReleases } from './releases-beside.ts'

let root: string
let data: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'copse-beside-'))
  data = join(root, 'data')
  mkdirSync(join(data, 'releases'), { recursive: true })
  bundle('first')
  writeFileSync(join(data, 'releases', '000000000000001-aa.release.json'), '{}')
  writeFileSync(join(data, 'releases', '000000000000002-bb.release.json.new'), 'half')
})
afterEach(() => rmSync(root, { recursive: true }))

const copy = (name: string): string => join(root, 'backups', name)
const kept = (name: string, file = 'bundle.sealed'): string => join(root, 'backups', 'releases', name, file)
/** As a process writes it: beside, and renamed. */
function bundle(text: string): void {
  writeFileSync(join(data, 'bundle.sealed.new'), text, { mode: 0o600 })
  renameSync(join(data, 'bundle.sealed.new'), join(data, 'bundle.sealed'))
}

test('each copy keeps what ran when it was made, whatever comes later under its name or another', async () => {
  await copyReleases(data, copy('monday.db'))
  await copyReleases(data, copy('tuesday.db'))
  bundle('second')
  await copyReleases(data, copy('tuesday.db'))
  expect([kept('monday.db'), kept('tuesday.db')].map((file) => readFileSync(file, 'utf8'))).toEqual(['first', 'second'])
})

test('on one disk the copies take no room', async () => {
  await copyReleases(data, copy('monday.db'))
  const [own, copied] = [join(data, 'bundle.sealed'), kept('monday.db')].map((file) => statSync(file).ino)
  expect(copied).toBe(own)
})

test('what comes back is files of its own, whole ones, and only those that are not there', async () => {
  await copyReleases(data, copy('monday.db'))
  const empty = join(root, 'empty')
  const release = '000000000000001-aa.release.json'
  expect((await restoreReleases(copy('monday.db'), empty)).toSorted()).toEqual([
    join(empty, 'bundle.sealed'),
    join(empty, 'releases', release),
  ])
  expect(statSync(join(empty, 'bundle.sealed')).nlink).toBe(1)
  bundle('newer')
  expect(await restoreReleases(copy('monday.db'), data)).toEqual([])
  expect(readFileSync(join(data, 'bundle.sealed'), 'utf8')).toBe('newer')
  expect(await restoreReleases(copy('of-nobody.db'), empty)).toEqual([])
})
