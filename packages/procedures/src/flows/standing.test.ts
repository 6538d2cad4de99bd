import { expect, test } from 'vitest'
import { faultsOf, sound } from '../testing/flow.ts'

const withSchedule = (schedule: string, actions: string): string =>
  sound
    .replace(
      '  states:',
      `  tasks: {nightly: {actions: [${actions}]}}\n  standing_schedules:\n    - ${schedule}\n  states:`,
    )
    .replace('- {action: send_text, text: Sorry.}', '- {action: cancel_task, task: nightly}')
const calls = '{action: invoke_connector, operation: lookup_order, params: {order_id: ORD-1}}'
const says = '{action: send_text, text: Good night.}'

test.each([
  ['{task: nightly, when: {daily: "03:00"}}', calls, []],
  ['{task: nightlie, when: {daily: "03:00"}}', calls, ['unknown_task Did you mean "nightly"?']],
  ['{task: nightly}', calls, ['missing_key Add "when:".']],
  [
    '{task: nightly, when: {daily: "25:00"}}',
    calls,
    ['schedule_invalid Write e.g. {daily: "09:00"}, {weekly: {on: [mon], at: "09:00"}} or {cron: "0 9 * * 1-5"}.'],
  ],
  [
    '{task: nightly, when: {daily: "03:00"}}',
    says,
    [
      'standing_speaks Use a task that only calls operations, or schedule it for each customer by schedule_task with `every:`.',
    ],
  ],
])('%s', (schedule, actions, said) => {
  const found = faultsOf(withSchedule(schedule, actions)).map((fault) => fault.replace(/^error \d+:\d+ /, ''))
  expect(found).toEqual(said)
})
