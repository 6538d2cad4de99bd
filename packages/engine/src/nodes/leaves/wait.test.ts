import { describe, expect, it } from 'vitest'
import { advance, cancel } from '../../run/advance.ts'
import type { WaitKind } from '../../run/snapshot.ts'
import { build, node, play, specOf, turn } from '../../testing/play.ts'
import type { Json } from '../../tree/json.ts'

const kinds: WaitKind[] = ['input', 'job', 'approval', 'event']

describe('wait', () => {
  it.each(kinds)('parks for %s, with and without a key, and wakes by its event alone', async (kind) => {
    for (const config of [{ kind }, { kind, key: 'k' }]) {
      const tree = build(specOf(node('wait', config), { returns: true }))
      const { snapshot } = await advance(tree, {}, turn())
      expect(snapshot.waits).toEqual([{ node: 't', visit: 1, wait: config }])
      const other = kinds.find((one) => one !== kind)!
      expect(await advance(tree, { snapshot, event: { kind: other, data: 1 } }, turn())).toMatchObject({
        ignored: true,
      })
      const carried = JSON.parse(JSON.stringify(snapshot)) as typeof snapshot
      const woken = await advance(tree, { snapshot: carried, event: { ...config, data: [1] } }, turn())
      expect(woken).toMatchObject({ status: 'success', result: [1] })
    }
  })

  it('takes its key from a field', async () => {
    const spec = node('wait', { kind: 'approval', keyFrom: 'order.id' })
    for (const id of ['o1', 7]) {
      const { waits } = await play(spec, { cells: { order: { id } } })
      expect(waits).toMatchObject([{ wait: { kind: 'approval', key: String(id) } }])
    }
    for (const id of [null, '', { a: 1 }, true]) {
      expect((await play(spec, { cells: { order: { id } } })).failure).toEqual({
        code: 'no_key',
        reason: 'order.id holds no key',
      })
    }
    expect((await play(spec)).failure?.code).toBe('no_key')
  })

  it('is halted without a trace of its wait', async () => {
    const tree = build(specOf(node('wait', { kind: 'input' })))
    const { snapshot } = await advance(tree, {}, turn())
    expect(await cancel(tree, snapshot, turn())).toMatchObject({ status: 'cancelled', waits: [] })
  })
})

const timer = { kind: 'timer', data: null } as const

describe('a wait for a time', () => {
  it('is absolute, and over when that has passed, not before', async () => {
    const tree = build(specOf(node('wait', { kind: 'timer', forMs: 100 })))
    const { snapshot } = await advance(tree, {}, turn({ now: 1_000 }))
    expect(snapshot.waits).toMatchObject([{ wait: { kind: 'timer', at: 1_100 } }])
    const carried = JSON.parse(JSON.stringify(snapshot)) as typeof snapshot
    expect(await advance(tree, { snapshot: carried, event: timer }, turn({ now: 1_099 }))).toMatchObject({
      ignored: true,
    })
    expect((await advance(tree, { snapshot: carried, event: timer }, turn({ now: 1_100 }))).status).toBe('success')
  })

  it.each([
    [5_000, 5_000],
    ['1970-01-01T00:00:05Z', 5_000],
    ['1970-01-01T02:00:05+02:00', 5_000],
  ])('ends at the moment %j of a field', async (due, at) => {
    const { waits } = await play(node('wait', { kind: 'timer', until: 'due' }), { cells: { due } })
    expect(waits).toMatchObject([{ wait: { at } }])
  })

  it('succeeds at once when that is over', async () => {
    expect((await play(node('wait', { kind: 'timer', until: 'due' }), { cells: { due: 1_000 } })).status).toBe(
      'success',
    )
  })

  it.each(['tomorrow', '1970-01-01', '1970-01-01T00:00:05', null, {}, true, '1970-99-01T00:00:05Z'])(
    'fails when the field holds %j, which is no moment',
    async (due) => {
      const { failure } = await play(node('wait', { kind: 'timer', until: 'due' }), { cells: { due } })
      expect(failure).toEqual({ code: 'no_deadline', reason: 'due holds no moment' })
    },
  )
})

it.each<[Json, string]>([
  [{}, 't: config.kind'],
  [{ kind: 'rain' }, 't: config.kind'],
  [{ kind: 'input', forMs: 5 }, 'only a timer has a time'],
  [{ kind: 'input', until: 'due' }, 'only a timer has a time'],
  [{ kind: 'timer', forMs: 5, until: 'due' }, 'give `forMs` or `until`, not both'],
  [{ kind: 'timer', forMs: 0 }, 't: config.forMs'],
  [{ kind: 'event', key: 'k', keyFrom: 'due' }, 'give `key` or `keyFrom`, not both'],
  [{ kind: 'event', keyFrom: 'nowhere' }, 'there is no field "nowhere"'],
  [{ kind: 'timer', until: 'nowhere' }, 'there is no field "nowhere"'],
])('a wait with %j is refused', (config, message) => {
  expect(() => build(specOf(node('wait', config), { fields: { due: 'any' } }))).toThrow(message)
})
