import { Temporal } from 'temporal-polyfill'
import { weekdayOf } from '../fields/weekday.ts'
import type { CivilTimes } from './civil-times.ts'
import type { Schedule } from './schedule.ts'

type Calendar = Exclude<Schedule, { cron: string } | { every: string | number }>

/** A day of each month is at most so far away. */
const daysAhead = 62

export function calendarTimes(schedule: Calendar): CivilTimes {
  const { at, on } = ruleOf(schedule)
  const time = Temporal.PlainTime.from(at)
  return {
    next: (after) => {
      const today = after.toPlainDate()
      for (let ahead = 0; ahead <= daysAhead; ahead += 1) {
        const date = today.add({ days: ahead })
        const civil = date.toPlainDateTime(time)
        if (on(date) && Temporal.PlainDateTime.compare(civil, after) > 0) return civil
      }
      return undefined
    },
    everyHour: false,
  }
}

function ruleOf(schedule: Calendar): { at: string; on: (date: Temporal.PlainDate) => boolean } {
  if ('daily' in schedule) return { at: schedule.daily, on: () => true }
  if ('weekly' in schedule) {
    const { on, at } = schedule.weekly
    return { at, on: (date) => on.includes(weekdayOf(date)) }
  }
  const { on, at } = schedule.monthly
  return { at, on: (date) => date.day === Math.min(on, date.daysInMonth) }
}
