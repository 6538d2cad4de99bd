import { field, type Field } from '@copse/contracts'
import { describe, expect, it } from 'vitest'
import type { ExtractTask } from '../../provider.ts'
import { extractOffline } from '../extract.ts'

const define = (given: { key: string } & Partial<Field>): Field => field.parse(given)

const read = (fields: Field[], message: string, given: Partial<ExtractTask> = {}) =>
  extractOffline({ message, fields, asked: [], opening: false, triggers: [], today: '2026-11-20', ...given })

const one = (type: Field['type'], message: string, given: Partial<ExtractTask> = {}) =>
  read([define({ key: 'x', type })], message, given)['x']

describe('dates', () => {
  it.each([
    ['yesterday', '2026-11-19'],
    ['mañana', '2026-11-21'],
    ['3 days ago', '2026-11-17'],
    ['on 2026-12-24', '2026-12-24'],
    ['20/11/2026', '2026-11-20'],
    ['Nov 3rd', '2026-11-03'],
    ['3 de enero', '2027-01-03'],
    ['last Tuesday', '2026-11-17'],
    ['next friday', '2026-11-27'],
  ])('read the date «%s» from the tenant’s today', (message, value) => {
    expect(one('date', message)).toBe(value)
  })

  it.each([
    ['in three days', '2026-11-23'],
    ['in 3 days', '2026-11-23'],
    ['in a week', '2026-11-27'],
    ['in two weeks', '2026-12-04'],
    ['in a month', '2026-12-20'],
    ['en tres días', '2026-11-23'],
    ['dentro de una semana', '2026-11-27'],
    ['three days ago', '2026-11-17'],
    ['a week ago', '2026-11-13'],
    ['hace dos semanas', '2026-11-06'],
    ['the day after tomorrow', '2026-11-22'],
    ['pasado mañana', '2026-11-22'],
    ['mañana por la mañana', '2026-11-21'],
    ['el viernes que viene', '2026-11-27'],
    ['el próximo lunes', '2026-11-23'],
    ['el martes pasado', '2026-11-17'],
    ['15/1', '2027-01-15'],
    ['15/1/27', '2027-01-15'],
    ['15-01-2027', '2027-01-15'],
    ['1/15', '2027-01-15'],
    ['20/11', '2026-11-20'],
    ['31/1', '2027-01-31'],
  ])('read the date «%s» as the answer to a question', (message, value) => {
    expect(one('date', message, { asked: ['x'] })).toBe(value)
  })

  it.each(['por la mañana', '24/13', '31/4', '0/5', '10:30', '1/2/3/4', 'in a moment', '15.1 kg'])(
    'do not read a date in «%s»',
    (message) => {
      expect(one('date', message, { asked: ['x'] })).toBeUndefined()
    },
  )

  it('read day and month in the order of the language, and ask where those who speak it differ', () => {
    const read = (message: string, language?: string) =>
      one('date', message, { asked: ['x'], ...(language ? { language } : {}) })
    expect(read('3/4/2026', 'es')).toBe('2026-04-03')
    expect(read('3/4', 'es-MX')).toBe('2027-04-03')
    expect(read('3/4/2026', 'en-GB')).toBe('2026-04-03')
    expect(read('3/4/2026', 'en-US')).toBe('2026-03-04')
    expect(read('03/04/2026', 'en')).toBeUndefined()
    expect(read('03/04/2026')).toBeUndefined()
    expect(read('3/4/2026', 'no language at all')).toBeUndefined()
    expect(read('15/1', 'en-US')).toBe('2027-01-15')
    expect(read('2026-02-30')).toBeUndefined()
  })

  it('read of a day without its year the one that can be meant', () => {
    const day = (bounds: Partial<Field>, message: string) =>
      read([define({ key: 'x', type: 'date', ...bounds })], message, { asked: ['x'] })['x']
    expect(day({}, '15 October')).toBe('2026-10-15')
    expect(day({ min: 'today' }, '15 October')).toBe('2027-10-15')
    expect(day({ min: '+1d' }, '15/10')).toBe('2027-10-15')
    expect(day({ max: 'today' }, '15 January')).toBe('2026-01-15')
  })

  it('read no future or short date where nobody asked for one, unless it is introduced as one', () => {
    expect(one('date', 'no, I meant 15/1')).toBe('2027-01-15')
    expect(one('date', 'quise decir en tres días')).toBe('2026-11-23')
    expect(one('date', 'it came in three days, 3/15 of it broken')).toBeUndefined()
  })
})
