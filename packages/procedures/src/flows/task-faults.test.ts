import { describe, expect, test } from 'vitest'
import { faultsOf, sound } from '../testing/flow.ts'

describe('what is wrong with a task', () => {
  const withTask = (schedule: string, task = 'actions: [{action: send_text, text: Remember.}]'): string =>
    sound
      .replace('  states:', `  tasks: {reminder: {${task}}}\n  states:`)
      .replace('- {action: send_text, text: Sorry.}', `- {action: schedule_task, ${schedule}}`)

  test.each([
    ['task: reminder, in: 2h', undefined, []],
    ['task: remindr, in: 2h', undefined, ['error 49:41 unknown_task Did you mean "reminder"?']],
    [
      'task: reminder',
      undefined,
      ['error 49:11 time_missing Write one of `in: 2h`, `at: "{{data.slot}}"`, `every: …`.'],
    ],
    [
      'task: reminder, in: 2h, at: x',
      undefined,
      ['error 49:11 time_missing Write one of `in: 2h`, `at: "{{data.slot}}"`, `every: …`.'],
    ],
    ['task: reminder, in: soon', undefined, ['error 49:55 duration_invalid Write e.g. 30m, 2h or 1 day.']],
    [
      'task: reminder, in: 2h, before: 1h',
      undefined,
      ['error 49:67 time_missing Add `at:` with the time that it is before.'],
    ],
    [
      'task: reminder, every: {daily: "25:00"}',
      undefined,
      [
        'error 49:58 schedule_invalid Write e.g. {daily: "09:00"}, {weekly: {on: [mon], at: "09:00"}} or {cron: "0 9 * * 1-5"}.',
      ],
    ],
    ['task: reminder, in: 2h', 'actions: []', ['error 9:31 invalid_value']],
    [
      'task: reminder, in: 2h',
      'actions: [{action: send_txt}]',
      ['error 9:41 unknown_action Did you mean "send_text"?'],
    ],
  ])('%s', (schedule, task, said) => {
    expect(faultsOf(withTask(schedule, task))).toEqual(said)
  })
})
