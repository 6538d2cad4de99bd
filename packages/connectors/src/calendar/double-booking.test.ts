import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runUntilKilled } from '@copse/testkit'
import Database from 'better-sqlite3'
import * as fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Appointment } from './room.ts'
import { ask, idsIn, openCalendar, said } from './testing/open-calendar.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'copse-calendar-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

describe('two at once', () => {
  const slot = '2026-11-23T10:00+01:00'

  it('share no slot: one has it, the other is told what else there is', async () => {
    const [one, other] = [openCalendar(folder), openCalendar(folder)]
    const outcomes = await Promise.all([
      ask(one, 'book_appointment', { slot, contact_id: 'ana' }),
      ask(other, 'book_appointment', { slot, contact_id: 'bea' }),
    ])
    expect(outcomes.map(({ status }) => status)).toEqual(['ok', 'no'])
    expect(outcomes[1]).toMatchObject({ code: 'slot_taken', data: { found: false, ok: false } })
    const { alternatives } = (outcomes[1] as unknown as { data: { alternatives: { id: string; title: string }[] } })
      .data
    expect(alternatives.map(({ title }) => title)).toEqual([
      'Mon 23 Nov, 10:30',
      'Mon 23 Nov, 11:00',
      'Mon 23 Nov, 11:30',
    ])
    expect(await ask(other, 'book_appointment', { slot: alternatives[0]!.id, contact_id: 'bea' })).toMatchObject({
      status: 'ok',
    })
    await one.close()
    await other.close()
  })
})

it('shares the slots of a day between processes that all want every one of them', async () => {
  const child = new URL('testing/book-all.ts', import.meta.url)
  const ran = await Promise.all(['ana', 'bea', 'cai'].map((contact) => runUntilKilled(child, [folder, contact])))
  expect(ran.map(({ code, stderr }) => ({ code, stderr }))).toEqual(ran.map(() => ({ code: 0, stderr: '' })))
  const slots = 14
  expect(ran.map(({ stdout }) => Number(stdout)).reduce((sum, count) => sum + count, 0)).toBe(slots)
  const calendar = openCalendar(folder)
  expect(idsIn(await said(calendar, 'get_slots_for_day', { date_str: '2026-11-23' }))).toEqual([])
  await calendar.close()
})

const contact = fc.constantFrom('ana', 'bea', 'cai', 'dov')
const minute = fc.integer({ min: 0, max: 47 }).map((step) => step * 15)
const slot = fc
  .tuple(fc.constantFrom('2026-11-23', '2026-11-24'), minute)
  .map(([day, at]) => `${day}T${String(10 + Math.floor(at / 60)).padStart(2, '0')}:${String(at % 60).padStart(2, '0')}`)
const action = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('book' as const), contact, slot, duration: fc.constantFrom(15, 30, 60) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('cancel' as const), contact, nth: fc.nat(3) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('move' as const), contact, nth: fc.nat(3), slot }) },
)
const scene = fc.record({
  actions: fc.array(action, { minLength: 20, maxLength: 60 }),
  config: fc.record({
    stepMin: fc.constantFrom(15, 30),
    bufferBeforeMin: fc.constantFrom(0, 10),
    bufferAfterMin: fc.constantFrom(0, 15),
    resources: fc.constantFrom([], [{ name: 'Ana' }, { name: 'Luis' }]),
    maxPerContact: fc.constant(20),
  }),
})

it('never books anybody twice, whatever is booked, cancelled and moved through two connections', async () => {
  let round = 0
  let booked = 0
  await fc.assert(
    fc.asyncProperty(scene, async ({ actions, config }) => {
      const file = join(folder, `${++round}.db`)
      const calendars = [openCalendar(folder, { file, config }), openCalendar(folder, { file, config })] as const
      await Promise.all(
        actions.map(async (each, index) => {
          const calendar = calendars[index % 2 === 0 ? 0 : 1]
          const contact_id = each.contact
          if (each.do === 'book') {
            const args = { slot: each.slot, contact_id, duration_min: each.duration }
            return void (await said(calendar, 'book_appointment', args))
          }
          const own = idsIn(await said(calendar, 'get_future_appointments', { contact_id }))
          const event_id = own[each.nth % Math.max(1, own.length)] ?? 'none'
          if (each.do === 'cancel') await said(calendar, 'cancel_event', { contact_id, event_id })
          else await said(calendar, 'reschedule_event', { contact_id, event_id, slot: each.slot })
        }),
      )
      const db = new Database(file, { readonly: true })
      const rows = db
        .prepare<[], Appointment>(`SELECT * FROM appointments WHERE state = 'booked' ORDER BY resource, busy_from`)
        .all()
      db.close()
      booked += rows.length
      rows.forEach((row, index) => {
        const next = rows[index + 1]
        if (next?.resource === row.resource) expect(next.busy_from).toBeGreaterThanOrEqual(row.busy_to)
      })
      for (const calendar of calendars) await calendar.close()
    }),
    { numRuns: 15 },
  )
  expect(booked).toBeGreaterThan(50)
})
