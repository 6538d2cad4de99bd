import { describe, expect, it } from 'vitest'
import { build, node, play, specOf } from '../../testing/play.ts'
import type { Json } from '../../tree/json.ts'

const paid = node('assert', { condition: { field: 'paid', is: true } })

describe('assert', () => {
  it.each<[Record<string, Json>, string, string | undefined, string | null]>([
    [{ paid: true }, 'success', undefined, 'true'],
    [{ paid: false }, 'failure', 'condition_false', 'false'],
    [{ paid: 3 }, 'failure', 'condition_false', 'false'],
    [{}, 'failure', 'condition_unknown', null],
  ])('on %j answers %s', async (cells, status, code, chosen) => {
    const { failure, trace, ...rest } = await play(paid, { cells })
    expect(rest.status).toBe(status)
    expect(failure).toEqual(code === undefined ? undefined : { code, reason: 'paid is true' })
    const decision = { kind: 'decision', about: 'assert', chosen, why: { paid: cells['paid'] ?? null } }
    expect(trace).toContainEqual(expect.objectContaining(decision))
  })

  it('is unknown of a field that is not confirmed any more', async () => {
    const root = node('sequence', undefined, node('forget', { key: 'paid' }), paid)
    expect((await play(root, { cells: { paid: true } })).failure).toMatchObject({ code: 'condition_unknown' })
  })

  it('looks again each time it is entered', async () => {
    const turned = node('sequence', undefined, node('write', { key: 'paid', value: true }), paid)
    expect((await play(node('selector', undefined, paid, turned), { cells: { paid: false } })).status).toBe('success')
  })
})

it.each<[Json, string]>([
  [{}, 't: config.condition'],
  [{ condition: 'what?' }, 't: a condition needs a field'],
])('assert of %j is refused', (config, message) => {
  expect(() => build(specOf(node('assert', config)))).toThrow(message)
})
