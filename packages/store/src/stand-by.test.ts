import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openStore } from './index.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'copse-stand-by-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

test('a second opening that stands by says so once, and is let in when the first has closed', async () => {
  const first = await openStore({ folder })
  const waiting = Promise.withResolvers<void>()
  let told = 0
  const onWait = () => {
    told++
    waiting.resolve()
  }
  const opening = openStore({ folder, standBy: { signal: new AbortController().signal, onWait } })
  await waiting.promise
  await first.close()
  const second = await opening
  expect([second.epoch, told]).toEqual([2, 1])
  await second.close()
})

test('standing by ends when it is told to', async () => {
  const first = await openStore({ folder })
  const stop = new AbortController()
  const opening = openStore({ folder, standBy: { signal: stop.signal, onWait: () => stop.abort() } })
  await expect(opening).rejects.toMatchObject({ name: 'AbortError' })
  await first.close()
})

test('standing by lets in when the process that held the folder is killed', async () => {
  const script = join(import.meta.dirname, 'testing', 'open-and-report.ts')
  const first = spawn(process.execPath, [script, folder, 'stay'], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [said] = (await once(first.stdout, 'data')) as [Buffer]
  expect(String(said)).toBe('open')
  const onWait = () => void first.kill('SIGKILL')
  const second = await openStore({ folder, standBy: { signal: new AbortController().signal, onWait } })
  expect(second.epoch).toBe(2)
  await second.close()
})
