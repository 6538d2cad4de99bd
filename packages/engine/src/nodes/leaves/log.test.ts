import { describe, expect, it } from 'vitest'
import { build, node, play, specOf } from '../../testing/play.ts'
import { playBoth } from '../../testing/standings.ts'
import type { Json } from '../../tree/json.ts'

const cells = { name: 'Ada', order: { total: 7, lines: ['a'] }, none: null }

async function said(config: Json): Promise<object[]> {
  const { status, trace } = await play(node('log', config), { cells })
  expect(status).toBe('success')
  return trace.flatMap((event) => {
    if (event.kind !== 'log') return []
    const { level, message, data } = event
    return [{ level, message, ...(data !== undefined && { data }) }]
  })
}

describe('log', () => {
  it.each([
    ['Hello', 'Hello'],
    ['Hello {{name}}, {{ order.total }} for {{order.lines}}', 'Hello Ada, 7 for ["a"]'],
    ['{{none}} and {{order}}', 'null and {"lines":["a"],"total":7}'],
    ['{{missing}} {{order.missing}} {{ name', '{{missing}} {{order.missing}} {{ name'],
    [
      '{{__proto__}} {{order.constructor}} {{order.__proto__}}',
      '{{__proto__}} {{order.constructor}} {{order.__proto__}}',
    ],
    ['{{{{name}}}}', '{{Ada}}'],
    ['$& $1 {{name}}', '$& $1 Ada'],
  ])('says %s as %s', async (message, told) => {
    expect(await said({ message })).toEqual([{ level: 'info', message: told }])
  })

  it.each(['debug', 'info', 'warn'])('says it at the level %s', async (level) => {
    expect(await said({ message: 'x', level })).toEqual([{ level, message: 'x' }])
  })

  it('shows fields as they are, and missing ones as null', async () => {
    expect(await said({ message: 'x', show: ['name', 'order.total', 'missing'] })).toEqual([
      { level: 'info', message: 'x', data: { name: 'Ada', 'order.total': 7, missing: null } },
    ])
    const [{ data }] = (await said({ message: 'x', show: ['__proto__'] })) as [{ data: object }]
    expect(JSON.stringify(data)).toBe('{"__proto__":null}')
  })

  it('writes nothing and leaves nothing', async () => {
    const { snapshot } = await playBoth(node('log', { message: 'x' }), { cells: { a: 1 } })
    expect(snapshot.scopes['']).toEqual({ a: { value: 1, by: 'system' } })
  })

  it('says it also to nobody', async () => {
    expect(
      (await play(node('log', { message: '{{name}}', show: ['name'] }), { cells }, { subscribe: () => {} })).status,
    ).toBe('success')
  })
})

it.each<[Json, string]>([
  [{}, 't: config.message'],
  [{ message: '' }, 't: config.message'],
  [{ message: 'x', level: 'loud' }, 't: config.level'],
  [{ message: 'x', show: [''] }, 't: config.show'],
  [{ message: '{{nowhere}}' }, 'there is no field "nowhere"'],
  [{ message: 'x', show: ['nowhere'] }, 'there is no field "nowhere"'],
])('log of %j is refused', (config, message) => {
  expect(() => build(specOf(node('log', config), { fields: { name: 'string' } }))).toThrow(message)
})
