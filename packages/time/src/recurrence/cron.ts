import { Cron } from 'croner'
import { civilAt, instantAt } from '../zones/civil.ts'
import type { CivilTimes } from './civil-times.ts'

const longest = 200
const fields = /^(?:@[a-z]+|\S+(?: +\S+){4})$/i
const anyHour = /^(?:@hourly|\S+ +(?:\*|\?|\*\/1|0-23) .*)$/i

/**
 * Cron is read as if in UTC, which has every time once. The library knows zones too, but would skip what falls into a gap
 * when there is more than one time, and come twice at a time that is shown twice.
 */
export function cronTimes(text: string): CivilTimes {
  const cron = open(text)
  return {
    next: (after) => {
      const found = cron.nextRun(new Date(instantAt('UTC', after)))
      return found === null ? undefined : civilAt('UTC', found.getTime())
    },
    everyHour: anyHour.test(text.trim()),
  }
}

const open = (text: string): Cron => new Cron(text.trim(), { mode: '5-part', timezone: 'UTC' })

/** Why the text is no cron pattern, as a sentence that says what to write. */
export function cronFault(text: string): string | undefined {
  const quoted = `\`cron\` is "${text.slice(0, 60).toWellFormed()}"`
  const write = 'Write minute, hour, day, month and weekday, e.g. 0 9 * * 1-5.'
  // The library reads more than patterns: dates, and seconds.
  if (text.length > longest || !fields.test(text.trim())) return `${quoted}, which is not five fields. ${write}`
  try {
    return open(text).nextRun(new Date(0)) === null ? `${quoted}, a day that never comes. ${write}` : undefined
  } catch (error) {
    const reason =
      error instanceof Error ? error.message.replace(/^CronPattern: /, '').replace(/\.$/, '') : String(error)
    return `${quoted}, which cannot be read (${reason}). ${write}`
  }
}
