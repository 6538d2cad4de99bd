import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runUntilKilled } from '@copse/testkit'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { ask, idsIn, openCalendar, said } from './testing/open-calendar.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'copse-calendar-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const args = { slot: '2026-11-23T10:00+01:00', contact_id: 'ana' }
const die = (point: string) => runUntilKilled(new URL('testing/die-while-booking.ts', import.meta.url), [folder, point])

it('finds the booking again whose answer was lost, and books it once', async () => {
  expect(await die('committed')).toMatchObject({ signal: 'SIGKILL', stdout: '' })
  const calendar = openCalendar(folder)
  const asked = await said(calendar, 'find_booking_of_key', { key: 'k' })
  expect(asked).toMatchObject({ happened: true, result: { slot: args.slot } })
  const repeated = await said(calendar, 'book_appointment', args, 'k')
  expect(repeated).toEqual(asked['result'])
  expect(idsIn(await said(calendar, 'get_future_appointments', { contact_id: 'ana' }))).toEqual([repeated['event_id']])
  await calendar.close()
})

it('books anew when it died before the booking was kept', async () => {
  expect(await die('changed')).toMatchObject({ signal: 'SIGKILL', stdout: '' })
  const calendar = openCalendar(folder)
  expect(await said(calendar, 'find_booking_of_key', { key: 'k' })).toEqual({ happened: false })
  expect(await ask(calendar, 'book_appointment', args, 'k')).toMatchObject({ status: 'ok', data: { slot: args.slot } })
  expect(idsIn(await said(calendar, 'get_future_appointments', { contact_id: 'ana' }))).toHaveLength(1)
  await calendar.close()
})
