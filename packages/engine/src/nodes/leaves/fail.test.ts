import { expect, it } from 'vitest'
import { build, node, play, specOf } from '../../testing/play.ts'
import type { Json } from '../../tree/json.ts'

it.each([
  [
    { code: 'closed', reason: 'It is night.' },
    { code: 'closed', reason: 'It is night.' },
  ],
  [
    { code: '__proto__', reason: '' },
    { code: '__proto__', reason: '' },
  ],
])('fail fails with the code and reason of %j', async (config, failure) => {
  expect(await play(node('fail', config))).toMatchObject({ status: 'failure', failure })
})

it('fail needs no reason, and may be tried again', async () => {
  const { failure, trace } = await play(node('retry', { attempts: 2 }, node('fail', { code: 'no' })))
  expect(failure?.code).toBe('no')
  expect(failure?.retryable).toBeUndefined()
  expect(trace.filter(({ kind, node }) => kind === 'enter' && node === 't/fail')).toHaveLength(2)
})

it.each<[Json, string]>([
  [{}, 't: config.code'],
  [{ code: '' }, 't: config.code'],
  [{ code: 7 }, 't: config.code'],
  [{ code: 'x', reason: null }, 't: config.reason'],
])('fail of %j is refused', (config, message) => {
  expect(() => build(specOf(node('fail', config)))).toThrow(message)
})
