import {
  both,
  call,
  cancelTask,
  confirm,
  decide,
  minutes,
  missing,
  say,
  scheduleTask,
  type B,
  type Silence,
} from './words.ts'

/** A visit: it is looked for, judged and changed, and what is written later is set and called off. */

/** Reminded after an hour, if the business is open then; given up after a day. */
export const silence: Silence = [
  { afterMs: 60 * minutes, during: 'opening_hours' },
  { afterMs: 24 * 60 * minutes, exit: 'silence' },
]

const visitId = 'visit_data.visit_id'

export const look = <const N extends string>(b: B, name: N, title: string, operation: string) =>
  b.sequence(
    name,
    b.do(`call:${operation}`, call, { step: name, title, silence, operation, arguments: [], saveMemory: false }),
  )

const is = (op: '==' | '<=' | '>', field: string, value: string | number) => ({
  op: 'compare' as const,
  field: `visit_data.${field}`,
  is: op,
  value,
})
const missed = (times: ReturnType<typeof is>) => ({ op: 'and', of: [is('==', 'status', 'missed'), times] })

export const whichCase = <const N extends string>(b: B, name: N, title: string) =>
  b.do(name, decide, {
    step: name,
    title,
    branches: [
      {
        when: { op: 'in', field: 'visit_data.status', values: ['booked', 'confirmed'] },
        exit: 'to_come',
        title: 'Still to come',
      },
      { when: is('==', 'status', 'cancelled'), exit: 'was_cancelled', title: 'Cancelled' },
      { when: missed(is('<=', 'times_missed', 1)), exit: 'missed_once', title: 'Missed for the first time' },
      { when: missed(is('==', 'times_missed', 2)), exit: 'missed_twice', title: 'Missed for the second time' },
      { when: missed(is('>', 'times_missed', 2)), exit: 'missed_often', title: 'Missed more often' },
    ],
    otherwise: 'else',
  })

interface Change {
  operation: string
  /** Where the new time stands, if it gets one. */
  at?: string
  /** Who came here without tapping is asked whether it is meant. */
  isAsked?: true
}

export function change<const N extends string>(b: B, name: N, title: string, { operation, at, isAsked }: Change) {
  const fields = at === undefined ? [visitId] : [visitId, at]
  const known = fields.map((field) => ({ op: 'exists', field }))
  const about = {
    step: name,
    title,
    silence,
    operation,
    arguments: [{ param: 'visit_id', source: visitId }, ...(at === undefined ? [] : [{ param: 'at', source: at }])],
  }
  const doIt = b.do(`call:${operation}`, call, { ...about, saveMemory: false })
  return b.if(
    name,
    { branches: [known.length === 1 ? known[0]! : { op: 'and', of: known }] },
    isAsked
      ? b.sequence(
          `confirmed:${operation}`,
          b.do(null, confirm, { ...about, entered: ['keyword', 'classification'], maxAttempts: 3 }),
          doIt,
        )
      : doIt,
    b.do(null, missing, { step: name, title, fields }),
  )
}

const key = `{{${visitId}}}`

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
