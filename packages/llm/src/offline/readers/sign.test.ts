import { field, type Field } from '@copse/contracts'
import { describe, expect, it } from 'vitest'
import type { ExtractTask } from '../../provider.ts'
import { extractOffline } from '../extract.ts'

const define = (given: { key: string } & Partial<Field>): Field => field.parse(given)

const read = (fields: Field[], message: string, given: Partial<ExtractTask> = {}) =>
  extractOffline({ message, fields, asked: [], opening: false, triggers: [], today: '2026-11-20', ...given })

const one = (type: Field['type'], message: string, given: Partial<ExtractTask> = {}) =>
  read([define({ key: 'x', type })], message, given)['x']

const price = define({ key: 'amount', description: 'Price paid', examples: ['$20', 'about 35 euros'] })

describe('numbers below zero', () => {
  it.each([
    ['-50', -50],
    ['-$50', -50],
    ['$-50', -50],
    ['−12,50 €', -12.5],
    ['minus 50 dollars', -50],
    ['menos 50 euros', -50],
    ['10-20', undefined],
    ['it cost - 50', 50],
    ['A-50', undefined],
  ])('read the amount «%s» with its sign', (message, value) => {
    expect(one('amount', message, { asked: ['x'] })).toBe(value)
  })

  it('take a sign where it can be one', () => {
    expect(one('number', '-4', { asked: ['x'] })).toBe(-4)
    expect(one('integer', 'minus three', { asked: ['x'] })).toBe(-3)
    // Known by its examples only, as a price: none is below nothing.
    expect(read([price], 'I paid -$50')).toEqual({})
  })
})
