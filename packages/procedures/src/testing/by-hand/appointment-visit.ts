import { deed } from './deeds.ts'
import { all, decideBy, is, isOneOf, type Fact } from './facts.ts'
import { both, cancelTask, minutes, say, scheduleTask, type B, type Silence } from './words.ts'

/** A visit: it is looked for, judged and changed, and what is written later is set and called off. */

/** Reminded after an hour, if the business is open then; given up after a day. */
export const silence: Silence = [
  { afterMs: 60 * minutes, during: 'opening_hours' },
  { afterMs: 24 * 60 * minutes, exit: 'silence' },
]

const missed = (exit: string, because: string, op: '<=' | '==' | '>', times: number): Fact => [
  exit,
  because,
  all(is('visit_data.status', '==', 'missed'), is('visit_data.times_missed', op, times)),
]

export const whichCase = <const N extends string>(b: B, name: N, title: string) =>
  decideBy(
    b,
    name,
    title,
    ['to_come', 'Still to come', isOneOf('visit_data.status', 'booked', 'confirmed')],
    ['was_cancelled', 'Cancelled', is('visit_data.status', '==', 'cancelled')],
    missed('missed_once', 'Missed for the first time', '<=', 1),
    missed('missed_twice', 'Missed for the second time', '==', 2),
    missed('missed_often', 'Missed more often', '>', 2),
  )

export const look = <const N extends string>(b: B, name: N, title: string, operation: string) =>
  deed(b, name, title, operation, { silence })

/** Needs the visit, and what else is said. */
export const change = <const N extends string>(
  b: B,
  name: N,
  title: string,
  operation: string,
  { needs = {}, ...more }: { needs?: Record<string, string>; confirmed?: true } = {},
) => deed(b, name, title, operation, { silence, needs: { visit_id: 'visit_data.visit_id', ...needs }, ...more })

const key = '{{visit_data.visit_id}}'

/** So long before a time that the visit knows, what is written then. */
export const writeLater = <const N extends string>(
  b: B,
  name: N,
  title: string,
  { at, beforeMs = 0 }: { at: string; beforeMs?: number },
  en: string,
  es: string,
) =>
  [
    b.sequence(
      name,
      b.do(null, scheduleTask, { step: name, title, task: name, key, when: { at: `{{visit_data.${at}}}`, beforeMs } }),
    ),
    b.do(`$task:${name}`, say, { step: name, title, say: both(en, es), options: [] }),
  ] as const

export const notAnyMore = <const N extends string>(b: B, name: N, title: string, task: string) =>
  b.sequence(name, b.do(null, cancelTask, { step: name, title, task, key }))
