import { operationManifest } from '@copse/contracts'
import { expect, test } from 'vitest'
import { readAnswers } from './answers/answers.ts'
import { openDesk, type Desk } from './desk.ts'
import { results } from './testing/desk.ts'

const operations = [operationManifest.parse({ name: 'close_the_day', effect: 'idempotent' })]

/** A flow that closes the day for nobody, and writes to who asked for it every morning. */
const flow = (daily = '"20:00"'): string => `copse: 1
flow:
  id: salon
  initial_state: MENU
  tasks:
    close:
      actions: [{action: invoke_connector, operation: close_the_day}]
    greet:
      actions: [{action: send_text, text: Good morning.}]
  standing_schedules: [{task: close, when: {daily: ${daily}}}]
  states:
    MENU:
      on_enter:
        - {action: send_interactive_buttons, body: Hello., buttons: [{id: news, title: News}, {id: stop, title: No news}]}
      transitions: [{on_payload: news, target: NEWS}, {on_payload: stop, target: NONE}]
      fallback: MENU
    NEWS:
      on_enter: [{action: schedule_task, task: greet, key: news, every: {daily: "09:00"}}, {action: send_text, text: Every morning.}]
      fallback: MENU
    NONE:
      on_enter: [{action: cancel_task, task: greet, key: news}, {action: send_text, text: No more.}]
      fallback: MENU
`

function deskOf(text: string, answers = 'close_the_day: {ok: true}'): Desk {
  const { desk, diagnostics } = openDesk({
    sources: [{ file: 'salon.flow.yaml', text }],
    operations,
    answers: readAnswers(answers, 'salon.answers.yaml', operations),
    business: undefined,
    languages: ['en'],
    timeZone: 'Europe/Madrid',
    // Noon in Madrid.
    startAt: Date.UTC(2026, 0, 12, 11),
    patienceMs: 5_000,
  })
  if (!desk) throw new Error(JSON.stringify(diagnostics))
  return desk
}

test('what recurs for nobody is done at its time on the clock of the tenant, once each day, and the customer reads nothing', async () => {
  const [result] = await results(
    `
- name: two evenings
  turns:
    - {customer: hello, expect: {step: MENU}}
    - {waits: 7h}
    - {waits: 2h, expect: {lacks: "."}}
    - {waits: 1 day}
    - {customer: hello again, expect: {step: MENU, contains: Hello.}}
  finally: {calls: [close_the_day, close_the_day]}
`,
    deskOf(flow()),
  )
  expect(result?.failures).toEqual([])
  expect(result?.turns.map(({ performed }) => performed.length)).toEqual([0, 0, 1, 1, 0])
})

test('what fails for nobody asks for a person', async () => {
  const [result] = await results(
    '- {name: broken, turns: [{customer: hello}, {waits: 1 day}], finally: {handoffs: 1}}',
    deskOf(flow(), 'close_the_day: unavailable'),
  )
  expect(result?.failures).toEqual([])
})

test('what recurs for a customer comes every day, until it is cancelled', async () => {
  const [result] = await results(
    `
- name: news
  turns:
    - {customer: hello}
    - {taps: news, expect: {contains: Every morning.}}
    - {waits: 22h, expect: {contains: Good morning.}}
    - {waits: 2h, expect: {lacks: Good morning.}}
    - {waits: 1 day, expect: {contains: Good morning.}}
    - {customer: hello}
    - {taps: stop, expect: {contains: No more.}}
    - {waits: 3 days, expect: {lacks: Good morning.}}
`,
    deskOf(flow()),
  )
  expect(result?.failures).toEqual([])
})

test('a wait of a year ends, and a wait that would ring thousands of times says so', async () => {
  const year = '- {name: a year, turns: [{customer: hello}, {waits: 365 days}]}'
  const [calm] = await results(year, deskOf(flow()))
  expect(calm?.failures).toEqual([])
  expect(calm?.turns.at(-1)?.performed).toHaveLength(365)
  const often = flow().replace('when: {daily: "20:00"}', 'when: {every: 1m}')
  const [wild] = await results(year, deskOf(often))
  expect(wild?.failures).toMatchObject([
    { turn: 2, message: 'what recurs rings more than 2000 times in that time: wait for less.' },
  ])
})
