import { expect, test } from 'vitest'
import { openThread } from './thread.ts'

/** Says what it was asked, after so many milliseconds. */
const slow = () => async (asked: string) => {
  await new Promise((resolve) => setTimeout(resolve, 100))
  return asked
}

test('a thread that is ended answers first what it was asked', async () => {
  const thread = openThread(slow, undefined)
  const answer = thread.ask('hello')
  await thread.end()
  expect(await answer).toBe('hello')
})

test('a thread that is ended before it is made ends, and so does one that died', async () => {
  await openThread(slow, undefined).end()
  const died = openThread(() => (): string => process.exit(), undefined)
  await expect(died.ask('hello')).rejects.toThrow('ended without an answer')
  await died.end()
})
