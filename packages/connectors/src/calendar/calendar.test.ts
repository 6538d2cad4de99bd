import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Connector, JsonObject } from '@copse/contracts'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ask, friday, idsIn, openCalendar, said, titlesIn } from './testing/open-calendar.ts'

let folder: string
let calendar: Connector
let now: number
const open = (config: object = {}): Connector => openCalendar(folder, { config, clock: { now: () => now } })
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'copse-calendar-'))
  now = friday
  calendar = open()
})
afterEach(async () => {
  await calendar.close()
  rmSync(folder, { recursive: true })
})
const reopen = async (config: object): Promise<void> => {
  await calendar.close()
  calendar = open(config)
}

const monday = (time: string): string => `2026-11-23T${time}+01:00`
const book = (slot: string, more: JsonObject = {}, key?: string): Promise<JsonObject> =>
  said(calendar, 'book_appointment', { slot, contact_id: 'ana', ...more }, key)
const times = async (more: JsonObject = {}): Promise<string[]> =>
  titlesIn(await said(calendar, 'get_slots_for_day', { date_str: '2026-11-23', ...more }))

describe('what can be booked', () => {
  it('are days first, without those on which it is closed', async () => {
    const days = await said(calendar, 'get_available_days', { from_date: '2026-11-20', lookahead_days: 5 })
    expect(days).toEqual({
      found: true,
      count: 3,
      items: [
        { id: '2026-11-20', title: 'Fri 20 Nov' },
        { id: '2026-11-23', title: 'Mon 23 Nov' },
        { id: '2026-11-24', title: 'Tue 24 Nov' },
      ],
    })
  })

  it('are then the hours of a day, by half of it', async () => {
    const slots = await said(calendar, 'get_slots_for_day', { date_str: '2026-11-23', period: 'afternoon' })
    expect(slots['items']).toEqual(
      ['17:00', '17:30', '18:00', '18:30', '19:00', '19:30'].map((title) => ({ id: monday(title), title })),
    )
    expect(await times({ period: 'morning' })).toHaveLength(8)
    expect(await times()).toHaveLength(14)
  })

  it('fits how long it takes, and how long somebody must be there', async () => {
    expect((await times({ service_duration_min: 45, period: 'morning' })).at(-1)).toBe('13:00')
    expect((await times({ service_duration_min: '45', presence_min: 90, period: 'morning' })).at(-1)).toBe('12:30')
  })

  it('is what comes next, when nobody names a day', async () => {
    const slots = await said(calendar, 'list_slots', { limit: 3, name: 'Ana' })
    expect(slots['items']).toEqual([
      { id: '2026-11-20T13:00+01:00', title: 'Fri 20 Nov, 13:00' },
      { id: '2026-11-20T13:30+01:00', title: 'Fri 20 Nov, 13:30' },
      { id: '2026-11-20T17:00+01:00', title: 'Fri 20 Nov, 17:00' },
    ])
  })

  it('is a *no* of list_slots and an empty list elsewhere, when there is nothing', async () => {
    const sunday = { from_date: '2026-11-22', lookahead_days: 1 }
    expect(await ask(calendar, 'list_slots', sunday)).toMatchObject({ status: 'no', code: 'no_slots' })
    expect(await said(calendar, 'get_available_days', sunday)).toEqual({ found: true, count: 0, items: [] })
  })

  it('keeps the pauses around what is booked', async () => {
    await reopen({ bufferAfterMin: 15, stepMin: 15 })
    await book(monday('11:00'))
    expect((await times()).filter((time) => time > '10:00' && time < '12:00')).toEqual(['10:15', '11:45'])
  })

  it('is told in the language of the calendar', async () => {
    await reopen({ language: 'es' })
    expect(await book(monday('10:00'))).toMatchObject({ message: 'Su cita está reservada: lun 23 nov, 10:00.' })
  })
})

describe('booking', () => {
  it('says what was booked, in words and as ISO with its distance from UTC', async () => {
    const args = { contact_name: 'Ana B', service_key: 'corte', duration_min: 45 }
    expect(await book(monday('10:00'), args)).toEqual({
      ok: true,
      event_id: expect.any(String) as string,
      slot: '2026-11-23T10:00+01:00',
      ends: '2026-11-23T10:45+01:00',
      title: 'Mon 23 Nov, 10:00',
      resource: '',
      contact_name: 'Ana B',
      service_key: 'corte',
      message: 'Your appointment is booked: Mon 23 Nov, 10:00.',
    })
    expect((await times())[0]).toBe('11:00')
  })

  it('takes a time on its own wall, and the same instant seen from elsewhere', async () => {
    expect(await book('2026-11-23T10:00')).toMatchObject({ ok: true, slot: monday('10:00') })
    expect(await book('2026-11-23T09:30Z')).toMatchObject({ ok: true, slot: monday('10:30') })
  })

  it('answers a repeat of the same call as the first time, also after a cancellation', async () => {
    const first = await book(monday('10:00'), {}, 'k')
    await said(calendar, 'cancel_event', { event_id: first['event_id']!, contact_id: 'ana' })
    expect(await book(monday('10:00'), {}, 'k')).toEqual(first)
    expect(await times()).toContain('10:00')
    expect(await ask(calendar, 'book_appointment', { slot: monday('11:00'), contact_id: 'ana' }, 'k')).toMatchObject({
      status: 'no',
      code: 'key_reused',
    })
  })

  it('takes the same wish twice for one', async () => {
    const first = await book(monday('10:00'))
    expect(await book(monday('10:00'))).toEqual({ ...first, repeated: true })
    expect(await book(monday('10:00'), { contact_name: 'Leo' })).toMatchObject({ code: 'slot_taken' })
  })

  it('books again what was cancelled', async () => {
    const first = await book(monday('10:00'))
    await said(calendar, 'cancel_event', { event_id: first['event_id']!, contact_id: 'ana' })
    const second = await book(monday('10:00'))
    expect(second['ok']).toBe(true)
    expect(second['event_id']).not.toBe(first['event_id'])
  })

  it.each([
    ['before it opens', monday('09:00'), 'slot_unknown'],
    ['off the grid', monday('10:10'), 'slot_unknown'],
    ['sooner than the notice', '2026-11-20T12:30+01:00', 'slot_unknown'],
    ['beyond the horizon', '2027-06-21T10:00+02:00', 'slot_unknown'],
    ['in a day that no calendar has', '2026-02-30T10:00+01:00', 'argument_invalid'],
    ['in words', 'tomorrow', 'argument_invalid'],
  ])('refuses a time %s', async (_, slot, code) => {
    expect(await ask(calendar, 'book_appointment', { slot, contact_id: 'ana' })).toMatchObject({ status: 'no', code })
  })

  it('names the argument that it cannot use', async () => {
    expect(await book('tomorrow')).toMatchObject({
      reason: '"slot" is not a time as ISO, e.g. 2026-11-23T10:00+01:00.',
      message: 'That cannot be booked.',
    })
    expect(await book(monday('10:00'), { duration_min: 0 })).toMatchObject({
      reason: '"duration_min" is not a whole number from 1 to 1440.',
    })
    expect(await book(monday('10:00'), { contact_id: null })).toMatchObject({
      reason: '"contact_id" is not there, and it is needed.',
    })
  })

  it('stops one contact from taking everything', async () => {
    await reopen({ maxPerContact: 2 })
    await book(monday('10:00'))
    await book(monday('10:30'))
    expect(await book(monday('11:00'))).toMatchObject({ found: false, code: 'too_many' })
    expect(await book(monday('11:00'), { contact_id: 'bea' })).toMatchObject({ ok: true })
  })
})

describe('several who can be booked', () => {
  const late = { week: { mon: [{ from: '19:00', to: '21:00' }] } }
  beforeEach(() => reopen({ resources: [{ name: 'Ana' }, { name: 'Luis', hours: late }] }))

  it('have hours of their own, and each a slot of their own', async () => {
    expect((await times()).at(-1)).toBe('20:30')
    expect((await times({ resource: 'luis' }))[0]).toBe('19:00')
    expect(await book(monday('19:00'))).toMatchObject({ resource: 'Ana' })
    expect(await book(monday('19:00'), { contact_id: 'bea' })).toMatchObject({ resource: 'Luis' })
    expect(await book(monday('19:00'), { contact_id: 'cai' })).toMatchObject({ code: 'slot_taken' })
  })

  it('are asked for by name', async () => {
    expect(await book(monday('19:00'), { resource: 'Luis' })).toMatchObject({ resource: 'Luis' })
    expect(await book(monday('10:00'), { resource: 'Luis' })).toMatchObject({ code: 'slot_unknown' })
    expect(await book(monday('10:00'), { resource: 'Eva' })).toMatchObject({ code: 'resource_unknown' })
  })
})

describe('appointments of a contact', () => {
  let event_id: string
  beforeEach(async () => {
    event_id = (await book(monday('10:00'), { service_key: 'corte' }))['event_id'] as string
  })

  it('are theirs alone to see, to cancel and to move', async () => {
    const bea = { contact_id: 'bea', event_id }
    expect(idsIn(await said(calendar, 'get_future_appointments', bea))).toEqual([])
    expect(await ask(calendar, 'find_appointments', bea)).toMatchObject({ status: 'no', code: 'no_appointments' })
    const foreign = { status: 'no', code: 'not_found', data: { found: false } }
    expect(await ask(calendar, 'cancel_event', bea)).toMatchObject(foreign)
    expect(await ask(calendar, 'reschedule_event', { ...bea, slot: monday('11:00') })).toMatchObject(foreign)
    expect(await said(calendar, 'get_future_appointments', { contact_id: 'ana' })).toEqual({
      found: true,
      count: 1,
      items: [{ id: event_id, title: 'Mon 23 Nov, 10:00', description: 'corte' }],
    })
  })

  it('are cancelled once, and the slot is free again', async () => {
    const cancelled = await said(calendar, 'cancel_event', { contact_id: 'ana', event_id })
    expect(cancelled).toMatchObject({ ok: true, message: 'Your appointment on Mon 23 Nov, 10:00 is cancelled.' })
    expect(await times()).toContain('10:00')
    expect(await said(calendar, 'cancel_event', { contact_id: 'ana', event_id })).toEqual({
      ...cancelled,
      repeated: true,
    })
  })

  it('move to another slot, which their own old time does not block', async () => {
    const moved = await said(calendar, 'reschedule_event', { contact_id: 'ana', event_id, slot: monday('10:30') })
    expect(moved).toMatchObject({ ok: true, event_id, slot: monday('10:30'), service_key: 'corte' })
    expect(idsIn(await said(calendar, 'find_appointments', { contact_id: 'ana' }))).toEqual([event_id])
    expect(await times()).toContain('10:00')
    await book(monday('12:00'), { contact_id: 'bea' })
    const refused = await said(calendar, 'reschedule_event', { contact_id: 'ana', event_id, slot: monday('12:00') })
    expect(refused).toMatchObject({ ok: false, code: 'slot_taken', alternatives: expect.any(Array) as unknown })
    expect(titlesIn(await said(calendar, 'find_appointments', { contact_id: 'ana' }))).toEqual(['Mon 23 Nov, 10:30'])
  })

  it('cannot be cancelled or moved once they have begun', async () => {
    now = Date.parse('2026-11-23T10:00+01:00')
    const over = { found: false, code: 'over' }
    expect(await said(calendar, 'cancel_event', { contact_id: 'ana', event_id })).toMatchObject(over)
    const slot = '2026-11-24T10:00+01:00'
    expect(await said(calendar, 'reschedule_event', { contact_id: 'ana', event_id, slot })).toMatchObject(over)
  })

  it('outlive the process', async () => {
    await reopen({})
    expect(idsIn(await said(calendar, 'get_future_appointments', { contact_id: 'ana' }))).toEqual([event_id])
  })
})

describe('its file', () => {
  it('is refused with its name when it is no database, or of a newer version', async () => {
    const file = join(folder, 'other.db')
    writeFileSync(file, 'not a database, but a text that is long enough to be looked at as one')
    expect(() => openCalendar(folder, { file })).toThrow(/cannot be read.*other\.db/s)
    const newer = join(folder, 'newer.db')
    const db = new Database(newer)
    db.pragma('user_version = 7')
    db.close()
    expect(() => openCalendar(folder, { file: newer })).toThrow(/newer version.*newer\.db/s)
    expect(statSync(newer).size).toBeGreaterThan(0)
  })

  it('that another process holds for too long is not reached, rather than wrong', async () => {
    const db = new Database(join(folder, 'calendar.db'))
    db.exec('BEGIN IMMEDIATE')
    // As long as the file is busy the calendar waits, so another clock than the test's would only make it slower.
    const outcome = await ask(calendar, 'book_appointment', { slot: monday('10:00'), contact_id: 'ana' })
    expect(outcome).toMatchObject({ status: 'unavailable', code: 'storage_failed' })
    db.exec('ROLLBACK')
    db.close()
    expect(await book(monday('10:00'))).toMatchObject({ ok: true })
  })
})
