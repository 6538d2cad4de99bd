import { describe, expect, it } from 'vitest'
import { latestBetween, nextAfter, occurrencesBetween, type Schedule } from '../index.ts'

const daysMs = 86_400_000
const first = (schedule: Schedule, zone: string, from: string, max: number): string[] =>
  occurrencesBetween(schedule, zone, Date.parse(from), Date.parse(from) + 400 * daysMs, max).map(
    ({ id, at }) => `${id} = ${new Date(at).toISOString().replace(':00.000Z', 'Z')}`,
  )

describe('a time of day', () => {
  it('comes at the hour on the wall, summer and winter', () => {
    expect(first({ daily: '09:00' }, 'Europe/Berlin', '2026-03-27T12:00Z', 2)).toEqual([
      '2026-03-28T09:00[Europe/Berlin] = 2026-03-28T08:00Z',
      '2026-03-29T09:00[Europe/Berlin] = 2026-03-29T07:00Z',
    ])
  })

  it('that the clock skips comes at the end of the gap, once, and is known by the time it was meant for', () => {
    expect(first({ daily: '02:30' }, 'America/New_York', '2026-03-08T00:00Z', 2)).toEqual([
      '2026-03-08T02:30[America/New_York] = 2026-03-08T07:00Z',
      '2026-03-09T02:30[America/New_York] = 2026-03-09T06:30Z',
    ])
    expect(first({ daily: '02:15' }, 'Australia/Lord_Howe', '2026-10-03T00:00Z', 1)).toEqual([
      '2026-10-04T02:15[Australia/Lord_Howe] = 2026-10-03T15:30Z',
    ])
  })

  it('of a day that the calendar skips comes at the end of that day', () => {
    expect(first({ daily: '09:00' }, 'Pacific/Apia', '2011-12-29T12:00Z', 3)).toEqual([
      '2011-12-29T09:00[Pacific/Apia] = 2011-12-29T19:00Z',
      '2011-12-30T09:00[Pacific/Apia] = 2011-12-30T10:00Z',
      '2011-12-31T09:00[Pacific/Apia] = 2011-12-30T19:00Z',
    ])
  })

  it('that the clock shows twice comes the first time', () => {
    expect(first({ daily: '02:30' }, 'Europe/Berlin', '2026-10-24T12:00Z', 2)).toEqual([
      '2026-10-25T02:30[Europe/Berlin] = 2026-10-25T00:30Z',
      '2026-10-26T02:30[Europe/Berlin] = 2026-10-26T01:30Z',
    ])
    expect(first({ daily: '01:45' }, 'Australia/Lord_Howe', '2026-04-04T12:00Z', 1)).toEqual([
      '2026-04-05T01:45[Australia/Lord_Howe] = 2026-04-04T14:45Z',
    ])
  })
})

describe('cron', () => {
  it('lets several times of one gap come as one', () => {
    expect(first({ cron: '15,45 2 * * *' }, 'Europe/Berlin', '2026-03-28T12:00Z', 2)).toEqual([
      '2026-03-29T02:15[Europe/Berlin] = 2026-03-29T01:00Z',
      '2026-03-30T02:15[Europe/Berlin] = 2026-03-30T00:15Z',
    ])
  })

  it('comes in both of two equal hours when it comes every hour, told apart by their offset', () => {
    expect(first({ cron: '30 * * * *' }, 'Europe/Berlin', '2026-10-24T23:59Z', 3)).toEqual([
      '2026-10-25T02:30+02:00[Europe/Berlin] = 2026-10-25T00:30Z',
      '2026-10-25T02:30+01:00[Europe/Berlin] = 2026-10-25T01:30Z',
      '2026-10-25T03:30+01:00[Europe/Berlin] = 2026-10-25T02:30Z',
    ])
    expect(first({ cron: '@hourly' }, 'Australia/Lord_Howe', '2026-04-04T13:59Z', 3)).toEqual([
      '2026-04-05T01:00+11:00[Australia/Lord_Howe] = 2026-04-04T14:00Z',
      '2026-04-05T02:00+10:30[Australia/Lord_Howe] = 2026-04-04T15:30Z',
      '2026-04-05T03:00+10:30[Australia/Lord_Howe] = 2026-04-04T16:30Z',
    ])
  })

  it('does not make up for an hour that did not elapse when it comes every hour', () => {
    expect(first({ cron: '30 * * * *' }, 'Europe/Berlin', '2026-03-29T00:00Z', 2)).toEqual([
      '2026-03-29T01:30+01:00[Europe/Berlin] = 2026-03-29T00:30Z',
      '2026-03-29T03:30+02:00[Europe/Berlin] = 2026-03-29T01:30Z',
    ])
  })

  it('comes at the very end of a gap when that is one of its times', () => {
    expect(first({ cron: '0 * * * *' }, 'Europe/Berlin', '2026-03-29T00:00Z', 1)).toEqual([
      '2026-03-29T03:00+02:00[Europe/Berlin] = 2026-03-29T01:00Z',
    ])
  })

  it('finds a day that is forty years away, and has no next where none comes', () => {
    expect(first({ cron: '0 0 29 2 +MON' }, 'UTC', '2000-01-01T00:00Z', 1)).toEqual([])
    expect(nextAfter({ cron: '0 0 29 2 +MON' }, 'UTC', Date.UTC(2072, 2))?.id).toBe('2112-02-29T00:00[UTC]')
    expect(nextAfter({ cron: '0 0 31 2 *' }, 'UTC', 0)).toBeUndefined()
    expect(nextAfter({ cron: '* * 30 2 *' }, 'Europe/Berlin', 0)).toBeUndefined()
    expect(nextAfter({ daily: '09:00' }, 'UTC', Date.UTC(3_000, 0))).toBeUndefined()
  })
})

describe('every', () => {
  it('counts elapsed time, which knows no zone', () => {
    const schedule = { every: '2h' }
    const expected = ['2026-10-25T00:00:00.000Z = 2026-10-25T00:00Z', '2026-10-25T02:00:00.000Z = 2026-10-25T02:00Z']
    expect(first(schedule, 'Europe/Berlin', '2026-10-24T23:00Z', 2)).toEqual(expected)
    expect(first(schedule, 'Asia/Kathmandu', '2026-10-24T23:00Z', 2)).toEqual(expected)
  })
})

describe('weeks and months', () => {
  it('come on the days that are named', () => {
    expect(first({ weekly: { on: ['mon', 'thu'], at: '09:00' } }, 'UTC', '2026-11-21T00:00Z', 3)).toEqual([
      '2026-11-23T09:00[UTC] = 2026-11-23T09:00Z',
      '2026-11-26T09:00[UTC] = 2026-11-26T09:00Z',
      '2026-11-30T09:00[UTC] = 2026-11-30T09:00Z',
    ])
  })

  it.each([
    [31, ['2027-01-31', '2027-02-28', '2027-03-31', '2027-04-30']],
    [30, ['2027-01-30', '2027-02-28', '2027-03-30', '2027-04-30']],
    [1, ['2027-01-01', '2027-02-01', '2027-03-01', '2027-04-01']],
  ])('come on day %d of each month, or on its last', (on, dates) => {
    const found = occurrencesBetween(
      { monthly: { on, at: '09:00' } },
      'Asia/Kathmandu',
      Date.UTC(2026, 11, 31, 12),
      2e12,
      4,
    )
    expect(found.map(({ id }) => id)).toEqual(dates.map((date) => `${date}T09:00[Asia/Kathmandu]`))
  })
})

describe('occurrences between two instants', () => {
  const nine = { daily: '09:00' }
  const day = (date: string): number => Date.parse(`${date}T09:00Z`)

  it('are after the one, up to and with the other', () => {
    const found = occurrencesBetween(nine, 'UTC', day('2026-11-01'), day('2026-11-03'), 10)
    expect(found.map(({ at }) => at)).toEqual([day('2026-11-02'), day('2026-11-03')])
    expect(occurrencesBetween(nine, 'UTC', day('2026-11-03'), day('2026-11-01'), 10)).toEqual([])
    expect(occurrencesBetween(nine, 'UTC', day('2026-11-01'), day('2026-11-09'), 0)).toEqual([])
  })

  it('can be asked for from the end, without a walk over a year of minutes', () => {
    const now = Date.parse('2026-11-21T09:00:30Z')
    expect(
      latestBetween({ cron: '* * * * *' }, 'Europe/Berlin', now - 365 * daysMs, now, 2).map(({ at }) => at),
    ).toEqual([now - 90_000, now - 30_000])
    expect(latestBetween(nine, 'UTC', now, now + 60_000, 2)).toEqual([])
  })
})
