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

  it.each([
    'thirty dollars',
    'treinta euros',
    '$30',
    '10%',
    '6 pm',
    'six pm',
    "4 o'clock",
    'at 3',
    'tomorrow at 10',
    'mañana a las 10',
    'a las ocho',
    'a las tres y media',
    'five minutes',
    'dos minutos',
    'one moment',
    '3 nights',
    '2 hundred',
    'no one',
    'the blue one',
    'that one',
  ])('is not taken from what counts something else: «%s»', (message) => {
    expect(read([guests], message)).toEqual({})
  })

  it.each([
    ['2 of us at 8', 2],
    ['somos tres a las 9', 3],
    ['4 guests at 7 pm', 4],
    ['a table for one', 1],
    ['two, in 3 days', 2],
    ['just me', 1],
    ['Solo yo, por favor', 1],
    ['both of us', 2],
  ])('is found beside what is none: «%s»', (message, value) => {
    expect(read([guests], message)).toEqual({ guests: value })
  })

  it.each([
    [{ key: 'days' }, '3 días', 3],
    [{ key: 'length_of_stay' }, '3 nights', 3],
    [{ key: 'age' }, '30 years', 30],
    [{ key: 'budget' }, 'thirty dollars', 30],
    [{ key: 'savings', description: 'In dollars' }, '500 dollars', 500],
    [{ key: 'hour' }, 'at 3', 3],
    [{ key: 'discount' }, '10%', 10],
  ])('of %o is read with its unit: «%s»', (given, message, value) => {
    expect(read([define({ ...given, type: 'integer' })], message, { asked: [given.key] })).toEqual({
      [given.key]: value,
    })
  })
})

describe('an amount', () => {
  const amount = define({ key: 'amount', type: 'amount' })
  it.each([
    ['thirty dollars', 30],
    ['treinta y cinco euros', 35],
    ['about fifty', 50],
  ])('is read in words, too: «%s»', (message, value) => {
    expect(read([amount], message, { asked: ['amount'] })).toEqual({ amount: value })
  })

  it.each(['2 hundred', 'fifty cents', 'ten dollars fifty', 'two hundred dollars', 'thirty days'])(
    'is not read from a part of it: «%s»',
    (message) => {
      expect(read([amount], message, { asked: ['amount'] })).toEqual({})
    },
  )
})
