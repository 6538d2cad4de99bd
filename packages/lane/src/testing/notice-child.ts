// Run as a process of its own: asks for a person once, tells them by a line in a file, and dies where it is told to.
import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { randomIds, systemClock } from '@copse/contracts'
import { openStore } from '@copse/store'
import { killAt } from '@copse/testkit'
import { openLane } from '../index.ts'
import { message, says } from './toy.ts'

const { folder, point } = JSON.parse(process.argv[2]!) as { folder: string; point?: string }

const store = await openStore({ folder })
const lane = await openLane({
  store,
  handle: async () =>
    says('A colleague will come.', { handoffs: [{ id: 'case help', reason: 'asked', summary: '', data: {} }] }),
  clock: systemClock,
  ids: randomIds,
  probe: killAt(point),
  people: {
    rules: () => ({ notify: true, nobodyAt: (asked) => asked + 900_000, returnAfterMs: 900_000 }),
    notifiers: () => [
      {
        name: 'desk',
        async send({ key }) {
          appendFileSync(join(folder, 'desk'), `${key}\n`)
          return { ok: true }
        },
      },
    ],
    tenant: () => 'Toy',
    link: ({ id }) => id,
    stillWaiting: () => 'still waiting',
  },
})
await lane.submit(message('help'))
const isOver = async () => {
  const { pendingMessages, unsentNotices } = await store.counts()
  return pendingMessages + unsentNotices === 0
}
while (!(await isOver())) await sleep(5)
await lane.drain(10_000)
await store.close()
