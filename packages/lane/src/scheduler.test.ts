import { silentLogger } from '@copse/contracts'
import { expect, test } from 'vitest'
import { createScheduler, type Next } from './scheduler.ts'

test('a contact who rests and gets something that can wait has one turn at a time, and none for the rest that is over', async () => {
  let running = 0
  let most = 0
  let turns = 0
  const restOver = Promise.withResolvers<void>()
  const scheduler = createScheduler({
    async run(): Promise<Next> {
      most = Math.max(most, ++running)
      if (++turns === 2) await restOver.promise
      running--
      return turns === 1 ? { restMs: 5 } : 'done'
    },
    concurrency: 2,
    stallMs: 1,
    logger: silentLogger,
  })
  scheduler.start()
  scheduler.add('ana')
  await expect.poll(() => turns).toBe(1)
  scheduler.add('ana', 'later')
  // Longer than ana would have rested.
  setTimeout(restOver.resolve, 20)
  await restOver.promise
  await scheduler.stop()
  expect({ most, turns }).toEqual({ most: 1, turns: 2 })
})
