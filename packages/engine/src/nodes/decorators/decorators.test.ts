import { expect, test } from 'vitest'
import { ask, input, no, node, ok, play } from '../../testing/play.ts'

test('invert turns success into failure and failure into success', async () => {
  expect((await play(node('invert', undefined, ok('a')))).failure).toMatchObject({ code: 'inverted' })
  expect((await play(node('invert', undefined, no('a')))).status).toBe('success')
})

test('invert leaves running alone and inverts what comes after the wait', async () => {
  expect((await play(node('invert', undefined, ask('a')))).status).toBe('running')
  expect((await play(node('invert', undefined, ask('a')), { events: [input('x')] })).status).toBe('failure')
})

test('invert awaits a child that takes time', async () => {
  expect((await play(node('invert', undefined, node('call', { name: 'x' })))).status).toBe('failure')
})

test('forceSuccess succeeds whatever its child did, but not before', async () => {
  expect((await play(node('forceSuccess', undefined, no('a')))).status).toBe('success')
  expect((await play(node('forceSuccess', undefined, ok('a')))).status).toBe('success')
  expect((await play(node('forceSuccess', undefined, ask('a')))).status).toBe('running')
})
