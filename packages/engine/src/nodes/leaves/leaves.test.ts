import { expect, test } from 'vitest'
import { build, node, ok, play, specOf, valueOf } from '../../testing/play.ts'

test('succeed succeeds and fail fails with its code and reason', async () => {
  expect((await play(node('succeed'))).status).toBe('success')
  expect((await play(node('fail', { code: 'closed', reason: 'It is night.' }))).failure).toEqual({
    code: 'closed',
    reason: 'It is night.',
  })
})

test('write puts its value on the blackboard as the system and says so in the trace', async () => {
  const played = await play(node('write', { key: 'x', value: { y: [1, null] } }))
  expect(played.snapshot.scopes['']).toEqual({ x: { value: { y: [1, null] }, by: 'system' } })
  expect(played.trace).toContainEqual(expect.objectContaining({ kind: 'write', key: 'x', by: 'system' }))
})

test('assert succeeds when its condition is true and tells false from unknown when not', async () => {
  const paid = node('assert', { condition: { field: 'paid', is: true } })
  expect((await play(paid, { cells: { paid: true } })).status).toBe('success')
  expect((await play(paid, { cells: { paid: false } })).failure).toEqual({
    code: 'condition_false',
    reason: 'paid is true',
  })
  expect((await play(paid)).failure).toEqual({ code: 'condition_unknown', reason: 'paid is true' })
})

test('assert records what it saw', async () => {
  const played = await play(node('assert', { condition: { field: 'paid', is: true } }), { cells: { paid: 3 } })
  expect(played.trace).toContainEqual(expect.objectContaining({ kind: 'decision', chosen: 'false', why: { paid: 3 } }))
})

test('a condition that does not compile refuses the tree under the id of its node', () => {
  expect(() => build(specOf(node('assert', { condition: 'what?' })))).toThrow('t: a condition needs a field')
})

test('wait parks on its key, wakes by its event and leaves the data as its result', async () => {
  const spec = node('sequence', undefined, node('wait', { kind: 'job', key: 'scan' }), node('noteLast', { key: 'got' }))
  const parked = await play(spec)
  expect(parked.waits).toMatchObject([{ node: 't/wait', wait: { kind: 'job', key: 'scan' } }])
  const woken = await play(spec, { events: [{ kind: 'job', key: 'scan', data: { pages: 3 } }] })
  expect(woken.status).toBe('success')
  expect(valueOf(woken.snapshot, 'got')).toEqual({ pages: 3 })
})

test('a result is still there for a sibling after another one has waited', async () => {
  const quiet = node('forceSuccess', undefined, node('parked', { name: 'x' }))
  const spec = node('sequence', undefined, node('wait', { kind: 'input' }), quiet, node('noteLast', { key: 'got' }))
  const played = await play(spec, {
    events: [
      { kind: 'input', data: 'kept' },
      { kind: 'event', data: 'dropped' },
    ],
  })
  expect(valueOf(played.snapshot, 'got')).toBe('kept')
})

test('a leaf takes no children', () => {
  expect(() => build(specOf(node('succeed', undefined, ok('a'))))).toThrow('"succeed" takes 0 children, not 1')
})
