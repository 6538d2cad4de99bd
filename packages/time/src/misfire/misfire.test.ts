import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decide, occurrencesBetween, settle, type Schedule } from '../index.ts'

const minuteMs = 60_000
const dayMs = 1440 * minuteMs
const now = Date.parse('2026-11-21T12:00:00Z')
const ago = (minutes: number) => ({ id: `${minutes} minutes ago`, at: now - minutes * minuteMs })

describe('one occurrence', () => {
  it('fires when it is due, however late, and says how late', () => {
    expect(decide([ago(0)], now)).toEqual({ fire: [{ ...ago(0), lateMs: 0, backfilled: false }], skipped: [] })
    expect(decide([ago(5)], now).fire).toEqual([{ ...ago(5), lateMs: 5 * minuteMs, backfilled: false }])
    expect(decide([ago(60)], now).fire).toEqual([{ ...ago(60), lateMs: 60 * minuteMs, backfilled: true }])
  })

  it('is skipped beyond the grace when the policy says so', () => {
    expect(decide([ago(5)], now, { policy: 'skip' }).fire).toHaveLength(1)
    expect(decide([ago(6)], now, { policy: 'skip' })).toEqual({ fire: [], skipped: [ago(6)] })
    expect(decide([ago(6)], now, { policy: 'skip', graceMs: 10 * minuteMs }).fire).toHaveLength(1)
  })
})

describe('several that were missed', () => {
  const due = [ago(180), ago(120), ago(60), ago(1)]

  it('fire as one, the latest, unless something else is said', () => {
    expect(decide(due, now)).toEqual({
      fire: [{ ...ago(1), lateMs: minuteMs, backfilled: false }],
      skipped: due.slice(0, 3),
    })
    expect(decide(due.slice(0, 3), now, { policy: 'fire_once_late' }).fire.map(({ id }) => id)).toEqual([
      '60 minutes ago',
    ])
  })

  it('fire only when the latest is within the grace, with skip', () => {
    expect(decide(due, now, { policy: 'skip' }).fire.map(({ id }) => id)).toEqual(['1 minutes ago'])
    expect(decide(due.slice(0, 3), now, { policy: 'skip' })).toEqual({ fire: [], skipped: due.slice(0, 3) })
  })

  it('are caught up with in order, at most so many, the latest ones', () => {
    const { fire, skipped } = decide(due, now, { policy: 'catch_up', max: 3 })
    expect(fire.map(({ id, backfilled }) => [id, backfilled])).toEqual([
      ['120 minutes ago', true],
      ['60 minutes ago', true],
      ['1 minutes ago', false],
    ])
    expect(skipped).toEqual([ago(180)])
  })
})

describe('a standing schedule', () => {
  const hourly: Schedule = { cron: '0 * * * *' }
  const at = (schedule: Schedule, after: number, now: number) => settle({ schedule, zone: 'Europe/Berlin', after, now })

  it('has nothing due before its time, and says when that is', () => {
    const { fire, skipped, next } = at(hourly, now, now + minuteMs)
    expect([fire, skipped, next?.at]).toEqual([[], [], now + 60 * minuteMs])
  })

  it('fires once after an absence, and goes on with what is to come', () => {
    const { fire, skipped, next } = at(hourly, now, now + 200 * minuteMs)
    expect(fire.map(({ at }) => at)).toEqual([now + 180 * minuteMs])
    expect(skipped).toHaveLength(2)
    expect(next?.at).toBe(now + 240 * minuteMs)
  })

  it('does not fire again when the clock is set back behind an occurrence that fired', () => {
    const fired = at(hourly, now, now + 60 * minuteMs)
    const last = fired.fire[0]?.at ?? 0
    const back = at(hourly, last, last - 30 * minuteMs)
    expect(back.fire).toEqual([])
    expect(back.next).toEqual(fired.next)
    expect(at(hourly, last, last + minuteMs).fire).toEqual([])
  })

  it('looks at the last occurrences alone after a year of minutes', () => {
    const { fire, next } = settle({
      schedule: { cron: '* * * * *' },
      zone: 'UTC',
      after: now - 365 * dayMs,
      now,
      misfire: { policy: 'catch_up', max: 3 },
    })
    expect(fire.map(({ at }) => at)).toEqual([now - 2 * minuteMs, now - minuteMs, now])
    expect(next?.at).toBe(now + minuteMs)
  })

  it('fires no occurrence twice and, while nothing is missed, each, whatever the clock does', () => {
    const steps = fc.array(fc.integer({ min: -90, max: 90 }), { minLength: 1, maxLength: 60 })
    const from = Date.parse('2026-10-24T20:00:00Z')
    fc.assert(
      fc.property(steps, fc.constantFrom('0 * * * *', '30 2,3 * * *', '*/20 * * * *'), (steps, cron) => {
        const fired: string[] = []
        let [after, clock] = [from, from]
        for (const minutes of steps) {
          clock += minutes * minuteMs
          const { fire, skipped } = settle({
            schedule: { cron },
            zone: 'Europe/Berlin',
            after,
            now: clock,
            misfire: { policy: 'catch_up', max: 100 },
          })
          expect(skipped).toEqual([])
          fired.push(...fire.map(({ id }) => id))
          after = fire.at(-1)?.at ?? after
        }
        expect(new Set(fired).size).toBe(fired.length)
        expect(fired).toEqual(occurrencesBetween({ cron }, 'Europe/Berlin', from, after, 1_000).map(({ id }) => id))
      }),
    )
  })
})
