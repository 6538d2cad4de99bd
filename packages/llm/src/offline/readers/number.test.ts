import { field, type Field } from '@copse/contracts'
import { describe, expect, it } from 'vitest'
import type { ExtractTask } from '../../provider.ts'
import { extractOffline } from '../extract.ts'

const define = (given: { key: string } & Partial<Field>): Field => field.parse(given)
const guests = define({ key: 'guests', type: 'integer' })

const read = (fields: Field[], message: string, given: Partial<ExtractTask> = {}) =>
  extractOffline({ message, fields, asked: ['guests'], opening: false, triggers: [], today: '2026-11-20', ...given })

describe('a count', () => {
  it.each([
    ['twelve', 12],
    ['we are twenty five', 25],
    ['Thirty-two of us', 32],
    ['somos veintitrés', 23],
    ['treinta y cinco', 35],
  ])('is read as people say it: «%s»', (message, value) => {
    expect(read([guests], message)).toEqual({ guests: value })
  })

  it('beside another one is not added to it', () => {
    const people = define({ key: 'people', type: 'integer' })
    expect(read([people], 'people: twenty, five of them kids')).toEqual({ people: 20 })
    expect(read([guests], 'the twenty fifth of May')).toEqual({})
  })

  it.each(['a hundred and five', 'two dozen', 'five thousand', 'seven thirty'])(
    'is not read from a part of it: «%s»',
    (message) => {
      expect(read([guests], message)).toEqual({})
    },
  )
})
