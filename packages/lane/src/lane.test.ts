import { join } from 'node:path'
import { randomIds, systemClock } from '@copse/contracts'
import { openTemporaryStore } from '@copse/store/testing'
import { expect, test } from 'vitest'
import { openLane } from './index.ts'
import { message, toyHandler } from './testing/toy.ts'

test('a message is appended, handled, committed and answered', async () => {
  const { store, folder, remove } = await openTemporaryStore()
  const lane = await openLane({ store, handle: toyHandler(join(folder, 'x')), clock: systemClock, ids: randomIds })
  const { inboxId } = await lane.submit(message('m1'))
  expect(await lane.settled(inboxId, 1000)).toMatchObject({ status: 'waiting', messages: [{ text: 'paid m1: ok' }] })
  await lane.drain(100)
  await remove()
})
