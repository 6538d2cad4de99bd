import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Store } from '@copse/contracts'
import { openStore } from '@copse/store'
import { runUntilKilled } from '@copse/testkit'
import { afterAll, expect, test } from 'vitest'
import type { LanePoint } from './index.ts'
import type { CrashPlan } from './testing/crash-child.ts'
import { doneIn } from './testing/toy.ts'

const child = new URL('./testing/crash-child.ts', import.meta.url)
const ana = (...ids: string[]) => ids.map((id) => ({ id, alias: 'ana' }))

const root = mkdtempSync(join(tmpdir(), 'copse-crash-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))
const temporaryFolder = () => mkdtempSync(join(root, 'data-'))

/** Answers with the ids that the child had acknowledged. */
async function run(plan: CrashPlan, ending: 'SIGKILL' | null): Promise<string[]> {
  const { signal, stdout, stderr } = await runUntilKilled(child, [JSON.stringify(plan)])
  expect({ signal, stderr }).toEqual({ signal: ending, stderr: '' })
  return stdout.split('\n').filter(Boolean)
}

async function inspect<T>(folder: string, look: (store: Store) => Promise<T>): Promise<T> {
  const store = await openStore({ folder })
  try {
    return await look(store)
  } finally {
    await store.close()
  }
}

const points: LanePoint[] = [
  'accepted',
  'turn-started',
  'intent-committed',
  'effect-returned',
  'outcome-committed',
  'before-commit',
  'committed',
]

test.concurrent.each(points)(
  'killed at %s: nothing acknowledged is lost, nothing is paid twice, in order',
  async (point) => {
    const folder = temporaryFolder()
    const all = ana('m1', 'm2', 'm3')
    const acknowledged = await run({ folder, handler: 'paying', messages: all, point, nth: 2 }, 'SIGKILL')
    // As a provider would: what was acknowledged never comes again, the rest does.
    await run({ folder, handler: 'paying', messages: all.filter(({ id }) => !acknowledged.includes(id)) }, null)
    await inspect(folder, async (store) => {
      const { id, conversationId } = (await store.contact('web', 'ana'))!
      expect(doneIn(join(folder, 'outside')).map((line) => line.split(' ')[1])).toEqual(['m1', 'm2', 'm3'])
      expect((await store.session(`session of ${id}`))!).toMatchObject({ snapshot: ['m1', 'm2', 'm3'], revision: 3 })
      expect((await store.messages({ conversationId })).map(({ text }) => text)).toEqual(
        ['m1', 'm2', 'm3'].flatMap((text) => [text, `paid ${text}: ok`]),
      )
      expect((await store.effects()).map(({ state }) => state)).toEqual(['done', 'done', 'done'])
      expect(await store.counts()).toMatchObject({ pendingMessages: 0, deadMessages: 0, uncertainEffects: 0 })
    })
  },
)

const sendPoints: LanePoint[] = ['send-claimed', 'send-returned', 'receipts-applied', 'send-settled']

test.concurrent.each(sendPoints)(
  'killed at %s: every reply is sent, in order, and again only where nobody can know',
  async (point) => {
    const folder = temporaryFolder()
    const plan: CrashPlan = { folder, handler: 'paying', messages: ana('m1', 'm2', 'm3'), push: 'works' }
    const acknowledged = await run({ ...plan, point, nth: 2 }, 'SIGKILL')
    await run({ ...plan, messages: plan.messages.filter(({ id }) => !acknowledged.includes(id)) }, null)
    const sent = doneIn(join(folder, 'sent'))
    const replies = ['m1', 'm2', 'm3'].map((id) => `ana: paid ${id}: ok`)
    expect(sent.filter((line, n) => line !== sent[n - 1])).toEqual(replies)
    expect(sent.length).toBeLessThanOrEqual(point === 'send-settled' || point === 'send-claimed' ? 3 : 4)
    await inspect(folder, async (store) => {
      expect(await store.counts()).toMatchObject({ unsentMessages: 0, deadSends: 0, droppedSends: 0 })
    })
  },
)

test.concurrent('killed as soon as a person had taken over: nothing that the bot composed is sent after it', async () => {
  const folder = temporaryFolder()
  const plan: CrashPlan = { folder, handler: 'paying', messages: ana('m1', 'm2') }
  await run({ ...plan, push: 'down', takeOver: 'ana', point: 'taken-over' }, 'SIGKILL')
  await run({ ...plan, push: 'works', messages: ana('m3') }, null)
  expect(doneIn(join(folder, 'sent'))).toEqual([])
  await inspect(folder, async (store) => {
    const { conversationId } = (await store.contact('sms', 'ana'))!
    expect((await store.messages({ conversationId })).map(({ text }) => text)).toEqual(['m1', 'm2', 'm3'])
    expect(await store.counts()).toMatchObject({ pendingMessages: 0, unsentMessages: 0 })
  })
})

test.concurrent('a turn that would pay something else after the crash pays nothing, and a person is told', async () => {
  const folder = temporaryFolder()
  const plan: CrashPlan = { folder, handler: 'differing', messages: ana('m1', 'm2') }
  await run({ ...plan, point: 'intent-committed', nth: 2 }, 'SIGKILL')
  await run(plan, null)
  await inspect(folder, async (store) => {
    expect(doneIn(join(folder, 'outside'))).toHaveLength(1)
    expect(await store.sessions()).toMatchObject([{ status: 'faulted' }])
    expect(await store.deadLetters()).toMatchObject([{ event: { text: 'm2' } }])
    expect(await store.handoffs()).toHaveLength(1)
    expect(await store.effects({ state: 'uncertain' })).toMatchObject([{ args: { amount: 'm2' } }])
  })
})

test.concurrent('a message that kills the process three times is buried, and no bystander with it', async () => {
  const folder = temporaryFolder()
  const plan: CrashPlan = { folder, handler: 'deadly', messages: [] }
  await run({ ...plan, messages: [...ana('deadly', 'after'), { id: 'slow', alias: 'bea' }] }, 'SIGKILL')
  await run({ ...plan, messages: ana('deadly') }, 'SIGKILL')
  await run({ ...plan, messages: ana('deadly') }, 'SIGKILL')
  await run({ ...plan, messages: [...ana('deadly', 'after'), { id: 'slow', alias: 'bea' }] }, null)
  await inspect(folder, async (store) => {
    expect(await store.deadLetters()).toMatchObject([{ event: { text: 'deadly' } }])
    const texts = async (alias: string) => {
      const { conversationId } = (await store.contact('web', alias))!
      return (await store.messages({ conversationId })).map(({ text }) => text)
    }
    expect(await texts('bea')).toEqual(['slow', 'heard slow'])
    expect(await texts('ana')).toEqual(['deadly', expect.stringContaining('Sorry'), 'after', 'heard after'])
  })
})
