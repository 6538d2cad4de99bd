import { expect, test } from 'vitest'
import { entered, called, no, node, ok, play, ask } from '../testing/play.ts'

const cleaned = (name: string): ReturnType<typeof node> =>
  called(name, node('finally', undefined, ok('body'), called('clean', node('call', { name: 'room' }))))

test('a parallel that has failed starts nothing more while it waits for what has to be cleaned up first', async () => {
  const inner = called('inner', node('parallel', { concurrency: 2 }, cleaned('a'), no('b'), ask('never')))
  const played = await play(inner)
  expect(played.status).toBe('failure')
  expect(entered(played)).not.toContain('never')
  expect(played.trace.filter(({ kind }) => kind === 'wait')).toEqual([])
})

test('what stands above it goes on meanwhile', async () => {
  const inner = called('inner', node('parallel', { concurrency: 2 }, cleaned('a'), no('b'), ask('never')))
  const played = await play(node('parallel', { failure: 2 }, inner, ok('beside')))
  expect(entered(played)).toEqual(['t', 'inner', 'a', 'body', 'clean', 'b', 'clean', 'beside'])
  expect(played).toMatchObject({ status: 'failure', waits: [] })
})
