import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { HandleTurn, Handoff, Notice, NoticeResult } from '@copse/contracts'
import { openStore } from '@copse/store'
import { runUntilKilled } from '@copse/testkit'
import { afterAll, afterEach, expect, test, vi } from 'vitest'
import type { People } from './index.ts'
import { openToyLane, type ToyLane } from './testing/open.ts'
import { says, textOf } from './testing/toy.ts'

const root = mkdtempSync(join(tmpdir(), 'copse-notices-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))
let toy: ToyLane | undefined
afterEach(() => toy?.remove())

const soon = { timeout: 10_000, interval: 5 }
const minuteMs = 60_000
const asksFor = (id: string): Handoff => ({ id, reason: 'asked', summary: 'wants a person', data: { order: 'O-1' } })
const handing: HandleTurn = async (turn) =>
  textOf(turn).startsWith('help')
    ? says('A colleague will come.', { handoffs: [asksFor(`case ${textOf(turn)}`)] })
    : says(`heard ${textOf(turn)}`)

/** Two addresses; each says what comes next in its script, else takes it. */
function desk(more: Partial<People> = {}) {
  const taken: { by: string; notice: Notice }[] = []
  const script: Record<string, NoticeResult[]> = { email: [], webhook: [] }
  const notifier = (name: string) => ({
    name,
    async send(notice: Notice): Promise<NoticeResult> {
      const result = script[name]?.shift() ?? { ok: true as const }
      if (result.ok) taken.push({ by: name, notice })
      return result
    },
  })
  const people: People = {
    rules: () => ({
      notify: true,
      nobodyAt: (asked: number) => asked + 15 * minuteMs,
      returnAfterMs: 12 * 60 * minuteMs,
    }),
    notifiers: () => [notifier('email'), notifier('webhook')],
    tenant: () => 'Toy',
    link: ({ id, at }) => `link of ${id} at ${at}`,
    stillWaiting: (language) => `still waiting (${language ?? 'none'})`,
    ...more,
  }
  return { people, taken, script, names: () => taken.map(({ by, notice }) => `${by} ${notice.key}`) }
}
const refusal = (more: { retryable?: boolean; retryAfterMs?: number } = {}): NoticeResult => ({
  ok: false,
  retryable: true,
  code: 'down',
  reason: 'not now',
  ...more,
})

const settled = () =>
  vi.waitFor(async () => expect(await toy!.store.counts()).toMatchObject({ unsentNotices: 0 }), soon)

test('a handoff reaches each address once, with the case and what was promised, and puts the customer into the queue', async () => {
  const { people, taken, names } = desk()
  toy = await openToyLane(handing, { people })
  await toy.say('hello')
  await toy.say('help')
  await settled()
  expect(names()).toEqual(['email case help', 'webhook case help'])
  expect(taken[0]!.notice).toMatchObject({
    again: false,
    tenant: 'Toy',
    channel: 'web',
    customer: { alias: 'ana' },
    handoff: asksFor('case help'),
    promises: ['A colleague will come.'],
    link: expect.stringMatching(/^link of case help at \d+$/),
  })
  const { conversationId } = (await toy.store.contact('web', 'ana'))!
  expect(await toy.store.attended(conversationId)).toMatchObject({ owner: 'queue' })
  await toy.reopen(handing, { people })
  await toy.say('again')
  expect(names()).toHaveLength(2)
})

test('what one address refuses is tried again there only, after a pause anywhere below the doubled one', async () => {
  const { people, script, names } = desk()
  script['webhook']!.push(refusal(), refusal({ retryAfterMs: 3 }))
  toy = await openToyLane(handing, { people, chance: () => 0.5, limits: { noticeRetryMs: 2 } })
  await toy.say('help')
  await settled()
  expect(names()).toEqual(['email case help', 'webhook case help'])
})

test('an address that refuses for good keeps a notice from no other that takes it later', async () => {
  const { people, script, names } = desk()
  script['email']!.push(...Array.from({ length: 10 }, () => refusal({ retryable: false })))
  script['webhook']!.push(refusal(), refusal())
  toy = await openToyLane(handing, { people, chance: () => 0, limits: { noticeRetryMs: 1 } })
  await toy.say('help')
  await settled()
  expect(names()).toEqual(['webhook case help'])
})

test('a notice is dead after ten tries, or at once when nobody would ever take it, and both are counted', async () => {
  const counted: string[] = []
  const meter = { count: (name: string) => void counted.push(name), observe() {} }
  const { people, script } = desk()
  script['webhook']!.push(...Array.from({ length: 20 }, () => refusal()))
  toy = await openToyLane(handing, { people, meter, chance: () => 0, limits: { noticeRetryMs: 1 } })
  await toy.say('help')
  await settled()
  expect(script['webhook']).toHaveLength(10)
  expect(await toy.store.counts()).toMatchObject({ deadNotices: 1 })
  script['webhook'] = [refusal({ retryable: false })]
  await toy.say('help 2', 'ben')
  await settled()
  expect(await toy.store.counts()).toMatchObject({ deadNotices: 2 })
  expect(counted.filter((name) => name === 'notices_dead_total')).toHaveLength(2)
})

test('a dead notice says why, goes out again when a person says so, and rings no more once its case is closed', async () => {
  const { people, script, names } = desk()
  const never = refusal({ retryable: false })
  script['webhook']!.push(never, never)
  toy = await openToyLane(handing, { people })
  const { store, lane } = toy
  await toy.say('help')
  await settled()
  const [{ deadNotice } = {}] = await store.handoffs()
  expect(deadNotice).toMatchObject({ error: 'down: not now' })
  await expect(lane.redriveNotice(99, 'op')).rejects.toMatchObject({ code: 'not_found' })
  await lane.redriveNotice(deadNotice!.number, 'op')
  await settled()
  expect(await store.counts()).toMatchObject({ deadNotices: 1, openHandoffs: 1 })
  await lane.redriveNotice(deadNotice!.number, 'op')
  await settled()
  expect(names()).toEqual(['email case help', 'webhook case help'])
  expect(await store.counts()).toMatchObject({ deadNotices: 0 })
  script['webhook']!.push(never)
  await toy.say('help 2', 'ben')
  await settled()
  const { conversationId } = (await store.contact('web', 'ben'))!
  await lane.takeOver({ conversationId, who: 'Bea', reason: 'looked' })
  expect(await store.counts()).toMatchObject({ deadNotices: 1, openHandoffs: 1 })
  await lane.giveBack({ conversationId, who: 'Bea', reason: 'done' })
  expect(await store.counts()).toMatchObject({ deadNotices: 0, openHandoffs: 1 })
})

test('without anybody to tell, a handoff is a row and nothing waits', async () => {
  const { people } = desk({ rules: () => undefined })
  toy = await openToyLane(handing, { people })
  await toy.say('help')
  expect(await toy.store.counts()).toMatchObject({ unsentNotices: 0 })
  expect(await toy.store.timers()).toEqual([])
  expect(await toy.store.handoffs()).toMatchObject([{ id: 'case help' }])
})

/** A clock that is put forward; the lane looks at it often. */
async function openAt(people: People, handle = handing, text = 'help') {
  let now = Date.UTC(2026, 0, 15, 12)
  toy = await openToyLane(handle, { people, clock: { now: () => now }, limits: { wakeMs: 5 } })
  await toy.say(text)
  const { conversationId } = (await toy.store.contact('web', 'ana'))!
  return {
    conversationId,
    pass: (ms: number) => (now += ms),
    words: async () => (await toy!.store.messages({ conversationId })).map(({ text }) => text),
    owner: async () => (await toy!.store.attended(conversationId))?.owner,
    fired: () =>
      vi.waitFor(async () => {
        expect((await toy!.store.timers()).every(({ dueAt, state }) => state !== 'waiting' || dueAt > now)).toBe(true)
        expect(await toy!.store.counts()).toMatchObject({ pendingMessages: 0, unsentNotices: 0 })
      }, soon),
  }
}

test('when nobody comes the customer is told once, and the notice is sent once more', async () => {
  const { people, names } = desk()
  const { pass, fired, words } = await openAt(people)
  await settled()
  pass(15 * minuteMs)
  await fired()
  pass(60 * minuteMs)
  await fired()
  expect(await words()).toEqual(['help', 'A colleague will come.', 'still waiting (none)'])
  expect(names().slice(2)).toEqual(['email case help:again', 'webhook case help:again'])
})

/** What belongs to a task is said to nobody, also that it failed. */
const failing: HandleTurn = async (turn) =>
  textOf(turn) === 'task' ? { ...says(''), messages: [], handoffs: [asksFor('case task')] } : handing(turn)

test('who was promised nobody hears nothing when nobody comes: only people know of the case', async () => {
  const { people, names } = desk()
  const { pass, fired, words } = await openAt(people, failing, 'task')
  await settled()
  pass(15 * minuteMs)
  await fired()
  expect(await words()).toEqual(['task'])
  expect(names().slice(2)).toEqual(['email case task:again', 'webhook case task:again'])
})

test('who asks for a person where only a task had failed before is told that it takes longer', async () => {
  const { people } = desk()
  const { pass, fired, words } = await openAt(people, failing, 'task')
  await toy!.say('help')
  pass(15 * minuteMs)
  await fired()
  expect(await words()).toEqual(['task', 'help', 'A colleague will come.', 'still waiting (none)'])
})

test('when somebody came, nothing is said and nobody is reminded', async () => {
  const { people, names } = desk()
  const { conversationId, pass, fired, words } = await openAt(people)
  await settled()
  await toy!.lane.takeOver({ conversationId, who: 'Bea', reason: 'link', untakenHandoff: 'case help' })
  pass(20 * minuteMs)
  await fired()
  // What the bot had said was not read yet, and is dropped.
  expect(await words()).toEqual(['help'])
  expect(names()).toHaveLength(2)
})

test('a person who says nothing for too long leaves the conversation to the bot; each word of theirs counts anew', async () => {
  const { people } = desk()
  const { conversationId, pass, fired, owner } = await openAt(people)
  await toy!.lane.takeOver({ conversationId, who: 'Bea', reason: 'link' })
  pass(11 * 60 * minuteMs)
  await toy!.lane.say({ conversationId, message: { text: 'one moment' }, who: 'Bea', key: 'k1' })
  pass(11 * 60 * minuteMs)
  await fired()
  expect(await owner()).toBe('human')
  pass(60 * minuteMs)
  await fired()
  expect(await owner()).toBe('bot')
  expect(await toy!.store.handoff('case help')).toMatchObject({ state: 'closed' })
  expect((await toy!.say('hello again')).messages).toEqual([{ text: 'heard hello again' }])
})

const child = new URL('./testing/notice-child.ts', import.meta.url)
const points = ['committed', 'notice-claimed', 'notice-returned', 'notice-settled']
test.concurrent.each(points)('killed at %s: the handoff still becomes one notice, under one key', async (point) => {
  const folder = mkdtempSync(join(root, 'data-'))
  const run = (at?: string) => runUntilKilled(child, [JSON.stringify({ folder, point: at })])
  expect(await run(point)).toMatchObject({ signal: 'SIGKILL', stderr: '' })
  expect(await run()).toMatchObject({ signal: null, code: 0, stderr: '' })
  expect(await run()).toMatchObject({ signal: null, code: 0, stderr: '' })
  const sent = readFileSync(join(folder, 'desk'), 'utf8').split('\n').filter(Boolean)
  // At least once: it may be sent again only when the process died before it could write that down.
  expect(new Set(sent)).toEqual(new Set(['case help']))
  expect(sent.length).toBe(point === 'notice-returned' ? 2 : 1)
  const store = await openStore({ folder })
  expect(await store.counts()).toMatchObject({ unsentNotices: 0, deadNotices: 0 })
  await store.close()
})
