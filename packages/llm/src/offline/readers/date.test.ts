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

  it('leave the number that stands after them to others', () => {
    const fields = [define({ key: 'day', type: 'date' }), define({ key: 'guests', title: 'people', type: 'integer' })]
    for (const message of ['March 5, 10 people', '5 March 10 people'])
      expect(read(fields, message, { asked: ['day', 'guests'] }), message).toEqual({ day: '2027-03-05', guests: 10 })
    const born = define({ key: 'born', type: 'date', max: 'today' })
    expect(read([born, fields[1]!], '5 March 85', { asked: ['born', 'guests'] })).toEqual({ born: '1985-03-05' })
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

  it.each([
    ['3 December 7pm', '2026-12-03'],
    ['3rd of December, 2 of us', '2026-12-03'],
    ['December 3 7pm', '2026-12-03'],
    ['3 December 20 of us', '2026-12-03'],
    ['December 7pm', undefined],
    ['friday week', '2026-12-04'],
    ['a week on friday', '2026-12-04'],
    ['tuesday next week', '2026-11-24'],
    ['next week on friday', '2026-11-27'],
    ['el jueves de la semana que viene', '2026-11-26'],
  ])('read the day that is meant, whatever else stands beside it: «%s»', (message, value) => {
    expect(one('date', message, { asked: ['x'] })).toBe(value)
  })

  it.each([
    [{ key: 'date_of_birth', max: 'today' }],
    [{ key: 'dob' }],
    [{ key: 'x', title: 'Birthday' }],
    [{ key: 'x', titles: { es: 'Fecha de nacimiento' } }],
    [{ key: 'x', description: 'When the patient was born' }],
  ])('take no year for a birth that nobody named: %o', (given) => {
    const born = define({ ...given, type: 'date' })
    for (const message of ['3 March', '3 de marzo', '25/12', 'December 12', 'on Monday'])
      expect(read([born], message, { asked: [born.key], language: 'es' }), message).toEqual({})
    for (const message of ['3 March 1985', '3 March 85'])
      expect(read([born], message, { asked: [born.key] }), message).toEqual({ [born.key]: '1985-03-03' })
  })

  it.each([
    ['12 May', '2027-05-12'],
    ['on Saturday', '2026-11-21'],
  ])('ask no year of a birthday that lies ahead: «%s»', (message, value) => {
    const party = define({ key: 'party', title: 'Day of the birthday party', type: 'date', min: 'today' })
    expect(read([party], message, { asked: ['party'] })).toEqual({ party: value })
  })

  it.each([
    ['on Monday', '2026-11-16'],
    ['el domingo', '2026-11-15'],
    ['friday', '2026-11-13'],
    ['next monday', undefined],
    ['this morning', '2026-11-20'],
  ])('look back for «%s» where the days of a field lie behind', (message, value) => {
    const bought = define({ key: 'bought', type: 'date', max: 'today' })
    expect(read([bought], message, { asked: ['bought'] })['bought']).toBe(value)
  })

  it.each([
    ['tonight at 8', '2026-11-20'],
    ['esta noche', '2026-11-20'],
    ['esta mañana', '2026-11-20'],
    ['25 dic', '2026-12-25'],
    ['15 de ene', '2027-01-15'],
  ])('read «%s» as people write it', (message, value) => {
    expect(one('date', message, { asked: ['x'] })).toBe(value)
  })

  it('leave open what the customer leaves open', () => {
    for (const message of ['Monday or Tuesday', 'on the 3rd of May or the 4th of May', 'lunes o martes'])
      expect(one('date', message, { asked: ['x'] }), message).toBeUndefined()
    expect(one('date', 'Monday, no, Tuesday', { asked: ['x'] })).toBe('2026-11-24')
  })

  it('read of a year with two digits the century that can be meant', () => {
    const born = define({ key: 'x', type: 'date', max: 'today' })
    for (const message of ['15.3.85', '15/3/85', '15 March 85', "March 15, '85", '15 de marzo del 85'])
      expect(read([born], message, { asked: ['x'] }), message).toEqual({ x: '1985-03-15' })
    expect(read([born], '15/3/24', { asked: ['x'] })).toEqual({ x: '2024-03-15' })
    expect(one('date', '15/3/85', { asked: ['x'] })).toBe('1985-03-15')
    expect(one('date', '15/3/27', { asked: ['x'] })).toBe('2027-03-15')
  })

  it('read no future or short date where nobody asked for one, unless it is introduced as one', () => {
    expect(one('date', 'no, I meant 15/1')).toBe('2027-01-15')
    expect(one('date', 'quise decir en tres días')).toBe('2026-11-23')
    expect(one('date', 'I called this morning')).toBeUndefined()
    expect(one('date', 'a table for tonight')).toBe('2026-11-20')
    expect(one('date', 'it came in three days, 3/15 of it broken')).toBeUndefined()
  })
})
