import { describe, expect, it } from 'vitest'
import { affects, fieldsOf, parse } from './index.ts'

function affected(text: string) {
  const result = parse(text)
  if (!result.ok) throw new Error(JSON.stringify(result.faults))
  expect(affects(result.condition).map(({ field }) => field)).toEqual(fieldsOf(result.condition))
  return affects(result.condition)
}

describe('what can change the answer', () => {
  it.each([
    ['x exists', ['presence']],
    ['x missing', ['presence']],
    ['x', ['presence', 'equality']],
    ['x == 3', ['equality']],
    ['x != 3', ['equality']],
    ['x >= 3', ['order']],
    ['x in [a, b]', ['membership']],
    ['x not in [a, b]', ['membership']],
    ['x contains a', ['containment']],
    ['x within 3 days', ['window']],
    ['x outside 3 hours', ['window']],
  ])('by `%s` is x, looked at for its %j', (text, looks) => {
    expect(affected(text)).toEqual([{ field: 'x', looks, against: [] }])
  })

  it('is each field once, with all the looks at it and all that it is compared with', () => {
    expect(affected('x > 3 and (y in [a, {{x}}, z.w] or not x == 4) and x < {{y}} and x > 5')).toEqual([
      { field: 'x', looks: ['order', 'membership', 'equality'], against: ['y'] },
      { field: 'y', looks: ['membership', 'order'], against: ['x', 'z.w'] },
      { field: 'z.w', looks: ['membership'], against: ['y'] },
    ])
  })
})
