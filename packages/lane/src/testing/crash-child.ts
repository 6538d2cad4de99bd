// Run as a process of its own: takes messages, handles them, and dies where it is told to.
import { writeSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { randomIds, systemClock, type HandleTurn } from '@copse/contracts'
import { openStore } from '@copse/store'
import { killAt } from '@copse/testkit'
import { openLane } from '../index.ts'
import { message, payingHandler, remembers, says, textOf } from './toy.ts'

export interface CrashPlan {
  folder: string
  /** Of the paying handler; `differing` pays another amount when it is run again. */
  handler: 'paying' | 'differing' | 'deadly'
  messages: { id: string; alias: string }[]
  point?: string
  nth?: number
}

const plan = JSON.parse(process.argv[2]!) as CrashPlan
const file = join(plan.folder, 'outside')

const handlers: Record<CrashPlan['handler'], HandleTurn> = {
  paying: payingHandler(file),
  differing: payingHandler(file, (turn) => (turn.attempt > 1 ? 'another amount' : textOf(turn))),
  /** One message kills the process while the turns of others are under way. */
  deadly: async (turn) => {
    await sleep(textOf(turn) === 'deadly' ? 60 : 200)
    if (textOf(turn) === 'deadly') process.kill(process.pid, 'SIGKILL')
    return says(`heard ${textOf(turn)}`, { session: remembers(turn) })
  },
}

const store = await openStore({ folder: plan.folder })
const lane = await openLane({
  store,
  handle: handlers[plan.handler],
  clock: systemClock,
  ids: randomIds,
  limits: { retryMs: [1], repeatMs: [1] },
  probe: killAt(plan.point, plan.nth),
})
for (const { id, alias } of plan.messages) {
  await lane.submit(message(id, alias))
  writeSync(1, `${id}\n`)
}
while ((await store.counts()).pendingMessages > 0) await sleep(5)
await lane.drain(10_000)
await store.close()
