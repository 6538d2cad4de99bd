import { describe, expect, it } from 'vitest'
import { and, not, parse, type Condition } from '../index.ts'

const text = 'a == 1\n  and not (status in [new,\n "too late", b.c] or x)'

function places(of: (condition: Condition) => boolean) {
  const result = parse(text)
  if (!result.ok) throw new Error(JSON.stringify(result.faults))
  return [...result.places].filter(([condition]) => of(condition)).map(([, place]) => place)
}

describe('where the parts of a text stand', () => {
  it('is known for each condition on a field and each value in it', () => {
    expect(places(({ op }) => op === 'in')).toEqual([
      {
        offset: 18,
        line: 2,
        column: 12,
        values: [
          { offset: 29, line: 2, column: 23 },
          { offset: 35, line: 3, column: 2 },
          { offset: 47, line: 3, column: 14 },
        ],
      },
    ])
    expect(places(({ op }) => op === 'truthy')).toEqual([{ offset: 55, line: 3, column: 22, values: [] }])
  })

  it('is known for chains and negations, which begin with their first word', () => {
    expect(places(({ op }) => op === 'and')).toMatchObject([{ line: 1, column: 1 }])
    expect(places(({ op }) => op === 'not')).toMatchObject([{ line: 2, column: 7 }])
    expect(places(({ op }) => op === 'or')).toMatchObject([{ line: 2, column: 12 }])
  })

  it('stays known when conditions are composed', () => {
    const result = parse('a\nor b')
    if (!result.ok || result.condition.op !== 'or') throw new Error('unexpected')
    const [, second] = result.condition.of
    const composed = and(not(result.condition))
    expect(composed.op === 'not' && result.places.get(composed.of)).toMatchObject({ line: 1 })
    expect(second && result.places.get(second)).toMatchObject({ line: 2, column: 4 })
  })

  it('is not part of the canonical form', () => {
    const [one, other] = [parse('a == 1 and b'), parse('a==1\n\nAND\n\tb')]
    expect(one.ok && JSON.stringify(one.condition)).toBe(other.ok && JSON.stringify(other.condition))
  })
})
