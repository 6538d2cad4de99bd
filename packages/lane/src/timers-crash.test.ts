import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openStore } from '@copse/store'
import { runUntilKilled } from '@copse/testkit'
import { afterAll, expect, test } from 'vitest'
import type { LanePoint } from './index.ts'
import type { CrashPlan } from './testing/crash-child.ts'
import { doneIn } from './testing/toy.ts'

const child = new URL('./testing/crash-child.ts', import.meta.url)
const root = mkdtempSync(join(tmpdir(), 'copse-timers-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

async function run(plan: CrashPlan, ending: 'SIGKILL' | null): Promise<void> {
  const { signal, stderr } = await runUntilKilled(child, [JSON.stringify(plan)])
  expect({ signal, stderr }).toEqual({ signal: ending, stderr: '' })
}

const byName = (a: string, b: string): number => a.localeCompare(b)

/** The first turns and commits are those of the messages; the later ones belong to firings. */
const kills: [LanePoint, number][] = [
  ['committed', 1],
  ['fired', 1],
  ['turn-started', 3],
  ['effect-returned', 2],
  ['outcome-committed', 2],
  ['before-commit', 4],
  ['committed', 7],
]

test.concurrent.each(kills)('killed at %s, the %ith time: each timer fires once, and pays once', async (point, nth) => {
  const folder = mkdtempSync(join(root, 'data-'))
  const messages = ['x', 'y'].map((id) => ({ id, alias: 'ana' }))
  const plan: CrashPlan = { folder, handler: 'ringing', messages }
  await run({ ...plan, point, nth }, 'SIGKILL')
  await run(plan, null)
  await run(plan, null)
  const store = await openStore({ folder })
  const keys = ['xa', 'xb', 'xc', 'ya', 'yb', 'yc']
  const { conversationId } = (await store.contact('web', 'ana'))!
  const said = (await store.messages({ conversationId })).map(({ text }) => text)
  const counts = await store.counts()
  await store.close()
  expect(said.filter((text) => text.startsWith('rang')).toSorted(byName)).toEqual(keys.map((key) => `rang ${key}`))
  const done = doneIn(join(folder, 'outside')).map((line) => line.split(' ')[1] ?? '')
  expect(done.toSorted(byName)).toEqual(keys)
  expect(counts).toMatchObject({ pendingMessages: 0, deadMessages: 0, uncertainEffects: 0 })
})
