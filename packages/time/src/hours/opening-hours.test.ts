import { describe, expect, it } from 'vitest'
import { openingHours } from '../index.ts'

describe('opening hours as data', () => {
  it('can be left empty: then it is never open', () => {
    expect(openingHours.parse({})).toEqual({ week: {}, exceptions: {}, closures: [] })
  })

  it('take a whole week, exceptions and closures', () => {
    const given = {
      week: {
        mon: [
          { from: '09:00', to: '13:00' },
          { from: '14:00', to: '24:00' },
        ],
        fri: [{ from: '22:00', to: '02:00' }],
      },
      exceptions: { '2026-12-24': [{ from: '09:00', to: '12:00' }], '2026-12-25': 'closed' },
      closures: [{ from: '2026-08-01', to: '2026-08-15' }],
    }
    expect(openingHours.parse(given)).toEqual(given)
  })

  it.each([
    [
      { week: { mon: [{ from: '9', to: '18:00' }] } },
      'week.mon.0.from',
      '`from` must be a time of day as HH:MM, e.g. 09:00.',
    ],
    [
      { week: { mon: [{ from: '09:00', to: '25:00' }] } },
      'week.mon.0.to',
      '`to` must be a time of day as HH:MM, e.g. 18:00, or 24:00.',
    ],
    [
      { week: { mon: [{ from: '09:00', to: '09:00' }] } },
      'week.mon.0',
      '`from` and `to` are the same. Write 00:00 to 24:00 for the whole day.',
    ],
    [
      { week: { mon: [{ from: '09:00', until: '10:00' }] } },
      'week.mon.0.to',
      '`to` must be a time of day as HH:MM, e.g. 18:00, or 24:00.',
    ],
    [{ week: { mon: '9-5' } }, 'week.mon', 'Write a list of `from` and `to`, or an empty list for closed.'],
    [
      { week: { monday: [] } },
      'week',
      '`week` has no `monday`. It has `mon`, `tue`, `wed`, `thu`, `fri`, `sat`, `sun`.',
    ],
    [
      { exceptions: { '2026-02-30': 'closed' } },
      'exceptions.2026-02-30',
      '`exceptions` are by day of the calendar as YYYY-MM-DD, e.g. 2026-12-24.',
    ],
    [
      { exceptions: { '2026-12-24': 'shut' } },
      'exceptions.2026-12-24',
      'An exception is `closed`, or a list of `from` and `to` as HH:MM.',
    ],
    [
      { closures: [{ from: '2026-08-15', to: '2026-08-01' }] },
      'closures.0',
      '`to` is before `from`. A closure lasts from its first day to its last.',
    ],
    [
      { closures: [{ from: 'August', to: '2026-08-01' }] },
      'closures.0.from',
      '`from` must be a day of the calendar as YYYY-MM-DD, e.g. 2026-12-24.',
    ],
    [{ holidays: [] }, '', '`openingHours` has no `holidays`. It has `week`, `exceptions`, `closures`.'],
  ])('%j is refused with a sentence that names the field', (given, path, message) => {
    const issues = openingHours.safeParse(given).error?.issues ?? []
    expect(issues.map((issue) => [issue.path.join('.'), issue.message])).toContainEqual([path, message])
  })
})
