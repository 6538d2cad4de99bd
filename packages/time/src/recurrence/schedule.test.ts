import { describe, expect, it } from 'vitest'
import { schedule } from '../index.ts'

const write = 'Write minute, hour, day, month and weekday, e.g. 0 9 * * 1-5.'

describe('schedules as data', () => {
  it.each([
    { cron: '0 9 * * 1-5' },
    { cron: '@daily' },
    { cron: '30 8 L * *' },
    { every: '2h' },
    { every: 60_000 },
    { daily: '09:00' },
    { weekly: { on: ['mon', 'thu'], at: '09:00' } },
    { monthly: { on: 31, at: '09:00' } },
  ])('%j is one, and is kept as written', (given) => {
    expect(schedule.parse(given)).toEqual(given)
  })

  it.each([
    [{ cron: '61 * * * *' }, `\`cron\` is "61 * * * *", which cannot be read (Invalid value for minute: 61). ${write}`],
    [{ cron: '* * * * * *' }, `\`cron\` is "* * * * * *", which is not five fields. ${write}`],
    [{ cron: '2026-01-01T00:00:00' }, `\`cron\` is "2026-01-01T00:00:00", which is not five fields. ${write}`],
    [{ cron: '0 0 31 2 *' }, `\`cron\` is "0 0 31 2 *", a day that never comes. ${write}`],
    [{ every: '30s' }, '`every` must be a minute or more.'],
    [{ every: 59_999 }, '`every` must be a minute or more.'],
    [{ every: 'month' }, '`every` must be a duration such as 2h or 3 days, or whole milliseconds.'],
    [{ every: 60_000.5 }, '`every` must be a duration such as 2h or 3 days, or whole milliseconds.'],
    [{ daily: '9am' }, '`daily` must be a time of day as HH:MM, e.g. 09:00.'],
    [{ weekly: { on: ['monday'], at: '09:00' } }, 'A weekday is one of mon, tue, wed, thu, fri, sat, sun.'],
    [{ weekly: { on: [], at: '09:00' } }, '`on` names no weekday.'],
    [{ monthly: { on: 0, at: '09:00' } }, '`on` must be a day of the month from 1 to 31.'],
    [{ monthly: { on: 1 } }, '`at` must be a time of day as HH:MM, e.g. 09:00.'],
    [{ monthly: '1' }, '`monthly` is an object of `on`, `at`.'],
    [{ hourly: true }, 'A schedule has no `hourly`. It has `cron`, `every`, `daily`, `weekly`, `monthly`.'],
    [{}, 'A schedule says exactly one of `cron`, `every`, `daily`, `weekly`, `monthly`.'],
    [{ daily: '09:00', every: '2h' }, 'A schedule says exactly one of `cron`, `every`, `daily`, `weekly`, `monthly`.'],
    ['daily', 'A schedule is an object of `cron`, `every`, `daily`, `weekly`, `monthly`.'],
  ])('%j is refused with a sentence', (given, message) => {
    const issues = schedule.safeParse(given).error?.issues ?? []
    expect(issues.map((issue) => issue.message)).toContain(message)
  })
})
