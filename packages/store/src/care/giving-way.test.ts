import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Store } from '@copse/contracts'
import { runUntilKilled } from '@copse/testkit'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openStore, restore } from '../index.ts'
import { beginTurn, commit, session } from '../testing/turns.ts'

let root: string
beforeEach(() => void (root = mkdtempSync(join(tmpdir(), 'copse-giving-way-'))))
afterEach(() => rmSync(root, { recursive: true, force: true }))

const at = (name: string): string => join(root, name)
const data = (): string => at('data')
const open = (): Promise<Store> => openStore({ folder: data() })
const again = { from: '', folder: '', replace: true }
beforeEach(() => Object.assign(again, { from: at('copy.db'), folder: data() }))

/** A copy, after which more was said and somebody was forgotten. Answers with who. */
async function copied(): Promise<string> {
  const store = await open()
  const ana = await beginTurn(store, 'ana', { text: 'I live in Elm Street' })
  await commit(store, ana, { session: session('s1') })
  await store.backup(at('copy.db'))
  await commit(store, await beginTurn(store, 'bea'), { session: session('s2') })
  await store.forget(ana.contact.id)
  await store.close()
  return ana.contact.id
}

async function cutOff(): Promise<string> {
  await copied()
  const killed = await runUntilKilled(new URL('../testing/die-in.ts', import.meta.url), [data(), 'restore'])
  expect(killed).toMatchObject({ signal: 'SIGKILL', stderr: '' })
  const aside = readdirSync(data()).find((name) => name.startsWith('replacing-'))!
  return join(data(), aside)
}
const refused = () =>
  expect(open()).rejects.toMatchObject({ code: 'data_damaged', detail: expect.stringContaining('cut off') as string })

test('nothing starts from a folder whose restore was killed half way, and who was forgotten stays so when it is run again', async () => {
  const aside = await cutOff()
  await refused()
  // As a kill between two of its moves leaves it.
  writeFileSync(join(data(), 'copse.db-wal'), '')
  await refused()
  rmSync(join(data(), 'copse.db-wal'))
  const { forgotten, replaced } = await restore(again)
  expect(forgotten).toHaveLength(1)
  expect([existsSync(aside), existsSync(join(replaced!, 'copse.db'))]).toEqual([false, true])
  expect(readFileSync(join(data(), 'copse.db'), 'latin1')).not.toContain('Elm Street')
  const back = await open()
  expect([await back.session('s1'), await back.session('s2')]).toMatchObject([{ id: 's1' }, undefined])
  await back.close()
})

test('a restore that is run again and fails, on a full disk say, leaves what was there before the first', async () => {
  const aside = await cutOff()
  await expect(restore({ ...again, from: at('nope.db') })).rejects.toMatchObject({ code: 'data_damaged' })
  await refused()
  // What it would write is held by something else.
  rmSync(join(data(), 'copse.db.restoring'))
  mkdirSync(join(data(), 'copse.db.restoring'))
  await expect(restore(again)).rejects.toMatchObject({ code: 'data_unwritable' })
  rmSync(join(data(), 'copse.db.restoring'), { recursive: true })
  expect(existsSync(aside)).toBe(false)
  const back = await open()
  expect(await back.session('s2')).toMatchObject({ id: 's2' })
  await back.close()
})

test('one that was killed after all was in its place is done', async () => {
  await copied()
  const { replaced } = await restore(again)
  renameSync(replaced!, replaced!.replace('replaced-', 'replacing-'))
  await (await open()).close()
  const next = await restore(again)
  expect(readdirSync(data()).filter((name) => name.startsWith('repl'))).toHaveLength(2)
  expect(next.replaced).not.toBe(replaced)
  expect(existsSync(join(replaced!, 'copse.db'))).toBe(true)
})

test('what belongs beside a copy comes while nobody can start, and where it cannot come nothing changes', async () => {
  await copied()
  const { replaced } = await restore({
    ...again,
    async beside(aside, forgotten) {
      expect(forgotten).toHaveLength(1)
      expect(existsSync(join(aside, 'copse.db'))).toBe(true)
      await expect(open()).rejects.toMatchObject({ code: 'data_locked' })
    },
  })
  rmSync(replaced!, { recursive: true })
  const before = readFileSync(join(data(), 'copse.db'))
  const full = async (): Promise<void> => Promise.reject(new Error('ENOSPC'))
  await expect(restore({ ...again, beside: full })).rejects.toMatchObject({ code: 'data_unwritable' })
  expect(readFileSync(join(data(), 'copse.db')).equals(before)).toBe(true)
  expect(readdirSync(data()).filter((name) => /^(repl|copse.db.rest)/.test(name))).toEqual([])
})

test('a folder that had nothing is not begun anew after a restore was cut off', async () => {
  await copied()
  renameSync(join(data(), 'copse.db'), join(data(), 'copse.db.restoring'))
  await refused()
  expect(await restore({ ...again, replace: false })).not.toHaveProperty('forgotten')
  const back = await open()
  expect(await back.session('s1')).toMatchObject({ id: 's1' })
  await back.close()
})

test('what somebody keeps there under such a name is left alone, and keeps nothing from starting', async () => {
  await copied()
  mkdirSync(at('data/replacing-the-till'))
  writeFileSync(at('data/replacing-the-till/notes.txt'), 'call Ana')
  writeFileSync(at('data/replacing-soon.txt'), '')
  await restore(again)
  expect(existsSync(at('data/replacing-the-till/notes.txt'))).toBe(true)
  rmSync(at('data/copse.db'))
  await (await open()).close()
})

test('a restore by a clock that stands still keeps what gave way to each', async () => {
  await copied()
  const clock = { now: () => 1_800_000_000_000 }
  const { replaced } = await restore({ ...again, clock })
  const next = await restore({ ...again, clock })
  expect(next.replaced).not.toBe(replaced)
  expect([replaced, next.replaced].map((folder) => existsSync(join(folder!, 'copse.db')))).toEqual([true, true])
})

test('who asks for what a restore that was cut off had put aside is told where that is now', async () => {
  const aside = await cutOff()
  await expect(restore({ ...again, from: join(aside, 'copse.db'), replace: false })).rejects.toMatchObject({
    code: 'not_found',
    detail: expect.stringContaining(`it is in ${data()} now`) as string,
  })
  const back = await open()
  expect(await back.session('s2')).toMatchObject({ id: 's2' })
  await back.close()
  const { replaced } = await restore(again)
  const begun = replaced!.replace('replaced-', 'replacing-')
  renameSync(replaced!, begun)
  await expect(restore({ ...again, from: join(begun, 'copse.db') })).rejects.toMatchObject({
    code: 'not_found',
    detail: expect.stringContaining(`it is in ${replaced!} now`) as string,
  })
})
