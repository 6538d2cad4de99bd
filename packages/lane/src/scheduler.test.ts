import { silentLogger, type BegunTurn } from '@copse/contracts'
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

test('a contact whose turn is begun elsewhere has no other beside it, and what came meanwhile after it', async () => {
  const turns: string[] = []
  const over = Promise.withResolvers<Next>()
  const scheduler = createScheduler({
    run(contactId, begun) {
      turns.push(`${contactId} ${begun?.id ?? 'next'}`)
      return begun ? over.promise : Promise.resolve('done')
    },
    concurrency: 2,
    stallMs: 1,
    logger: silentLogger,
  })
  expect(scheduler.take('ana')).toBe(false)
  scheduler.start()
  expect(scheduler.take('ana')).toBe(true)
  expect(scheduler.take('ana')).toBe(false)
  scheduler.add('ana')
  expect(turns).toEqual([])
  scheduler.go('ana', { id: 't1' } as BegunTurn)
  expect(scheduler.take('bea')).toBe(true)
  expect(scheduler.take('cleo')).toBe(false)
  scheduler.add('bea')
  scheduler.free('bea')
  await expect.poll(() => turns).toEqual(['bea next', 'ana t1'])
  over.resolve('done')
  await expect.poll(() => turns).toEqual(['bea next', 'ana t1', 'ana next'])
  expect(scheduler.load()).toEqual({ running: 0, waiting: 0, resting: 0 })
  await scheduler.stop()
})

test('who can wait has one place in four, however many do not stop writing', async () => {
  const turns: string[] = []
  const scheduler = createScheduler({
    async run(contactId): Promise<Next> {
      turns.push(contactId)
      return contactId === 'timer' || turns.length >= 40 ? 'done' : 'more'
    },
    concurrency: 1,
    stallMs: 1,
    logger: silentLogger,
  })
  for (const contactId of ['ana', 'bea', 'cleo']) scheduler.add(contactId)
  scheduler.add('timer', 'later')
  scheduler.start()
  await expect.poll(() => turns.length).toBeGreaterThanOrEqual(40)
  expect(turns.indexOf('timer')).toBeGreaterThan(0)
  expect(turns.indexOf('timer')).toBeLessThan(8)
  await scheduler.stop()
})
