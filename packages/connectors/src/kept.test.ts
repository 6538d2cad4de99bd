import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openCalendar, said } from './calendar/testing/open-calendar.ts'
import { keptIn, restoreKept } from './kept.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'copse-kept-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

it('finds nothing where no connector kept anything', async () => {
  expect(keptIn(folder)).toEqual([])
  expect(await restoreKept(join(folder, 'monday.db'), folder, join(folder, 'aside'))).toEqual([])
})

it('leaves a calendar alone when the copy of it is damaged', async () => {
  const before = openCalendar(folder)
  await said(before, 'book_appointment', { slot: '2026-11-23T10:00+01:00', contact_id: 'ana' })
  await before.close()
  mkdirSync(join(folder, 'calendar'))
  writeFileSync(join(folder, 'calendar', 'monday.db'), 'half of a copy, and that is no database any more')
  const aside = join(folder, 'aside')
  await expect(restoreKept(join(folder, 'monday.db'), folder, aside)).rejects.toMatchObject({ code: 'data_damaged' })
  expect(existsSync(aside)).toBe(false)
  const after = openCalendar(folder)
  expect(await said(after, 'get_future_appointments', { contact_id: 'ana' })).toMatchObject({ count: 1 })
  await after.close()
})

it('says so when somebody is forgotten while the calendar is read, so that it is asked again', async () => {
  const calendar = openCalendar(folder)
  await said(calendar, 'book_appointment', { slot: '2026-11-23T10:00+01:00', contact_id: 'ana' })
  const [kept] = keptIn(folder)
  const reader = new Database(kept!.file, { readonly: true })
  reader.exec('BEGIN; SELECT count(*) FROM appointments;')
  expect(() => kept!.forget('ana')).toThrow(expect.objectContaining({ code: 'busy', retryable: true }))
  reader.close()
  expect(kept!.forget('ana')).toEqual({ appointments: 0 })
  await calendar.close()
})

it('is found, and put back without the log of what was there before', async () => {
  const calendar = openCalendar(folder)
  await said(calendar, 'book_appointment', { slot: '2026-11-23T10:00+01:00', contact_id: 'ana' })
  await calendar.close()
  const [kept] = keptIn(folder)
  expect(kept?.file).toBe(join(folder, 'calendar.db'))
  const copy = kept!.besideCopy(join(folder, 'monday.db'))
  mkdirSync(join(folder, 'calendar'))
  writeFileSync(join(folder, 'calendar.db-wal'), 'a log that does not belong to the copy')
  const other = join(folder, 'other')
  mkdirSync(other)
  await openCalendar(other).close()
  copyFileSync(join(other, 'calendar.db'), copy)
  const aside = join(folder, 'aside')
  expect(await restoreKept(join(folder, 'monday.db'), folder, aside)).toEqual([kept!.file])
  expect(readdirSync(aside).toSorted()).toEqual(['calendar.db', 'calendar.db-wal'])
  const after = openCalendar(folder)
  expect(await said(after, 'get_future_appointments', { contact_id: 'ana' })).toMatchObject({ count: 0 })
  await after.close()
})
