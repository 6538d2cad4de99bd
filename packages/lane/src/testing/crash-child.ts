// Run as a process of its own: takes messages, handles them, and dies where it is told to.
import { appendFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { randomIds, systemClock, type Channel, type HandleTurn } from '@copse/contracts'
import { openStore } from '@copse/store'
import { killAt } from '@copse/testkit'
import { openLane } from '../index.ts'
import { message, payingHandler, remembers, ringingHandler, says, textOf } from './toy.ts'

export interface CrashPlan {
  folder: string
  /** Of the paying handler; `differing` pays another amount when it is run again. */
  handler: 'paying' | 'differing' | 'deadly' | 'ringing'
  messages: { id: string; alias: string }[]
  /** They come and are answered on a channel that pushes; `down`: it takes nothing. */
  push?: 'works' | 'down'
  /** A person takes this one's conversation over when all is handled. */
  takeOver?: string
  point?: string
  nth?: number
}

const plan = JSON.parse(process.argv[2]!) as CrashPlan
const file = join(plan.folder, 'outside')

const handlers: Record<CrashPlan['handler'], HandleTurn> = {
  paying: payingHandler(file),
  differing: payingHandler(file, (turn) => (turn.attempt > 1 ? 'another amount' : textOf(turn))),
  ringing: ringingHandler(file),
  /** One message kills the process while the turns of others are under way. */
  deadly: async (turn) => {
    await sleep(textOf(turn) === 'deadly' ? 60 : 200)
    if (textOf(turn) === 'deadly') process.kill(process.pid, 'SIGKILL')
    return says(`heard ${textOf(turn)}`, { session: remembers(turn) })
  },
}

/** What it delivers is a line in a file, and its receipt is there before we have heard that it was taken. */
const sms: Channel = {
  name: 'sms',
  limits: { name: 'sms', textLength: 100, buttons: 0, buttonTitleLength: 0, listRows: 0, rowTitleLength: 0 },
  delivery: 'push',
  async send({ alias, key }, { text }) {
    if (plan.push === 'down') return { ok: false, retryable: true, code: 'down', reason: 'not now' }
    appendFileSync(join(plan.folder, 'sent'), `${alias}: ${text}\n`)
    const providerId = `${process.pid}:${key}`
    await lane.applyReceipts([{ channel: 'sms', providerId, state: 'delivered', at: 0 }])
    return { ok: true, providerId }
  },
}

const store = await openStore({ folder: plan.folder })
const lane = await openLane({
  store,
  handle: handlers[plan.handler],
  clock: systemClock,
  ids: randomIds,
  channels: () => new Map(plan.push === undefined ? [] : [[sms.name, sms]]),
  limits: { retryMs: [1], repeatMs: [1], sendRetryMs: 1, sendAttempts: 1_000_000, breakerMs: 1 },
  probe: killAt(plan.point, plan.nth),
})
for (const { id, alias } of plan.messages) {
  await lane.submit(message(id, alias, plan.push === undefined ? {} : { channel: sms.name }))
  writeSync(1, `${id}\n`)
}
const isWaiting = async () => (await store.timers()).some(({ state }) => state === 'waiting')
while ((await store.counts()).pendingMessages > 0 || (await isWaiting())) await sleep(5)
if (plan.takeOver !== undefined) {
  const { conversationId } = (await store.contact(sms.name, plan.takeOver))!
  await lane.takeOver({ conversationId, who: 'op', reason: 'asked' })
}
if (plan.push === 'works') while ((await store.counts()).unsentMessages > 0) await sleep(5)
await lane.drain(10_000)
await store.close()
