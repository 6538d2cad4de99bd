import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connectorBinding, type Connector } from '@copse/contracts'
import { openingHours } from '@copse/time'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createConnector } from '../create.ts'
import { catalogueOf, checkBinding } from '../manifests.ts'
import { friday, said, titlesIn } from './testing/open-calendar.ts'

const fixtures = new URL('../../../../../shared/fixtures/bots-platform/', import.meta.url)
const clock = { now: () => friday }
const bind = (given: object) => connectorBinding.parse({ name: 'calendar', type: 'builtin_calendar', ...given })

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'copse-calendar-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const mondays = (calendar: Connector) =>
  said(calendar, 'get_slots_for_day', { date_str: '2026-11-23', period: 'morning' }).then(titlesIn)

describe('a calendar without settings', () => {
  const hours = openingHours.parse({ week: { mon: [{ from: '10:00', to: '11:30' }] } })
  const tenant = { timeZone: 'Europe/Madrid', language: 'es', hours }

  it('keeps the hours of the tenant, in its zone and language, and its appointments in its folder', async () => {
    const calendar = createConnector(bind({}), { folder, tenant, clock })
    expect(await mondays(calendar)).toEqual(['10:00', '10:30', '11:00'])
    const slot = '2026-11-23T10:00+01:00'
    const answer = await said(calendar, 'book_appointment', { slot, contact_id: 'ana' })
    expect(answer['title']).toBe('lun 23 nov, 10:00')
    await calendar.close()
    const renamed = createConnector(bind({ name: 'agenda' }), { folder, tenant, clock })
    expect(await mondays(renamed)).toEqual(['10:30', '11:00'])
    await renamed.close()
  })

  it('is refused of a tenant that never said when it is open', () => {
    const words = 'connector calendar, config.hours: say when somebody can be booked'
    expect(() => createConnector(bind({}), { folder, tenant: { timeZone: 'UTC', language: 'en' } })).toThrow(words)
    expect(checkBinding(bind({}), { hasHours: false }).join()).toContain(words)
    expect(checkBinding(bind({}), { hasHours: true })).toEqual([])
    expect(checkBinding(bind({}))).toEqual([])
  })

  it('is refused without a folder', () => {
    expect(() => createConnector(bind({}), { tenant })).toThrow('connector calendar: it needs a data folder')
  })
})

describe('settings of a calendar', () => {
  it.each([
    ['a length of nothing', { durationMin: 0 }, 'config.durationMin:'],
    ['a place that is none', { timeZone: 'Madrid' }, 'config.timeZone: not an IANA time zone'],
    [
      'an hour that is none',
      { hours: { week: { mon: [{ from: '9', to: '18:00' }] } } },
      'config.hours.week.mon.0.from',
    ],
    ['the same name twice', { resources: [{ name: 'Ana' }, { name: 'Ana' }] }, 'config.resources: two resources'],
    ['a word that it does not know', { slots: 3 }, 'slots'],
  ])('are refused with %s, saying where', (_, config, words) => {
    expect(checkBinding(bind({ config })).join()).toContain(words)
  })

  it('leave no room for operations: a calendar brings its own', () => {
    const operations = [{ name: 'list_slots', effect: 'read' }]
    expect(checkBinding(bind({ operations })).join()).toContain('operation list_slots, a calendar brings its')
    expect([...catalogueOf([bind({})]).keys()]).toContain('book_appointment')
  })
})

describe('a mock', () => {
  it('of the oldest kind keeps office hours, and forgets', async () => {
    for (const _ of [1, 2]) {
      const calendar = createConnector(bind({ type: 'mock' }), { clock })
      expect((await mondays(calendar))[0]).toBe('09:00')
      const slot = '2026-11-23T09:00'
      expect(await said(calendar, 'book_appointment', { slot, contact_id: 'ana' })).toMatchObject({ ok: true })
      await calendar.close()
    }
  })

  it('takes the settings of older files', async () => {
    const config = {
      credentials_path: '/secrets/service_account.json',
      calendar_id: 'test_calendar',
      timezone: 'Europe/Madrid',
      slot_duration_min: 60,
      lookahead_days_client: 14,
      lookahead_days_manual: 60,
      schedule: { mon: ['10:00-14:00', '17:00-21:00'], sun: [] },
    }
    const calendar = createConnector(bind({ type: 'mock_calendar', config }), { clock })
    expect(await mondays(calendar)).toEqual(['10:00', '11:00', '12:00', '13:00'])
    await calendar.close()
    const wrong = bind({ type: 'mock_calendar', config: { ...config, schedule: { mon: ['10-14'] } } })
    expect(checkBinding(wrong).join()).toContain('config.hours.week.mon.0.from')
  })
})

it('offers every operation that older flows call, and every argument that they give', () => {
  const operations = catalogueOf([bind({})])
  const files = ['flows/peluqueria_flow.yaml', 'flows/peluqueria_norte_flow.yaml', 'tests/flows/toy_flow.yaml']
  let calls = 0
  for (const file of files) {
    const text = readFileSync(new URL(file, fixtures), 'utf8')
    for (const [, name = '', params = ''] of text.matchAll(/operation: (\w+)\n +params:\n((?: {10}.*\n)+)/g)) {
      calls += 1
      const known = Object.keys(operations.get(name)?.operation.params ?? {})
      for (const [, param] of params.matchAll(/^ +(\w+):/gm)) expect(known, `${file} ${name}`).toContain(param)
    }
  }
  expect(calls).toBe(13)
})
