import { describe, expect, test } from 'vitest'
import { codesOf, configOf, exitsOf, ours } from '../testing/compiled.ts'

const one = (action: string, more: string) =>
  ours(`- {id: ask, action: collect_info, extract_fields: [{key: slot}], required_fields: [slot], next_step: later}
- {id: later, action: ${action}, next_step: end, ${more}}`)

describe('a wait', () => {
  test('is for a while, or until the time in a field', () => {
    expect(configOf(one('wait', 'for: 1h 30m'), 'later', 'rest')['when']).toEqual({ forMs: 5_400_000 })
    expect(configOf(one('wait', 'until: slot'), 'later', 'rest')['when']).toEqual({ until: 'slot' })
  })

  test('leads on when a message comes, where its author says so', () => {
    expect(exitsOf(one('wait', 'for: 2h, on_message: ask'), 'later')).toMatchObject({
      success: 'end',
      message: 'ask',
      failure: '$handoff',
      person: '$person',
    })
  })

  test.each([
    ['for: soon', 'duration_invalid'],
    ['for: 0s', 'duration_invalid'],
    ['name: x', 'time_missing'],
    ['for: 2h, until: slot', 'time_missing'],
    ['until: slott', 'unknown_field'],
    ['for: 2h, meanwhile: Soon., on_message: ask', 'say_unused'],
  ])('%s: %s', (more, code) => {
    expect(codesOf(one('wait', more))).toEqual([code])
  })
})

describe('a task', () => {
  const send = 'send: "At {{slot}}."'

  test('is set for a while after, or before the time in a field', () => {
    expect(configOf(one('schedule', `${send}, in: 2h`), 'later', 'schedule_task')).toMatchObject({
      task: 'later',
      when: { inMs: 7_200_000 },
    })
    expect(configOf(one('schedule', `${send}, at: slot, before: 1 day`), 'later', 'schedule_task')['when']).toEqual({
      at: '{{slot}}',
      beforeMs: 86_400_000,
    })
  })

  test.each([
    [send, 'time_missing'],
    [`${send}, in: 2h, at: slot`, 'time_missing'],
    [`${send}, in: 2h, before: 1h`, 'time_missing'],
    [`${send}, in: soon`, 'duration_invalid'],
    ['in: 2h', 'nothing_to_send'],
    [`${send}, at: slott`, 'unknown_field'],
    ['cancel: latter', 'unknown_task'],
    [`${send}, in: 2h, key: "{{slott}}"`, 'unknown_field'],
  ])('%s: %s', (more, code) => {
    expect(codesOf(one('schedule', more))).toEqual([code])
  })

  test('says where the name of an unknown one stands, and which was meant', () => {
    const steps = `- {id: remind, action: schedule, in: 2h, send: Now., next_step: no}
- id: no
  action: schedule
  cancel: remid
  next_step: end`
    expect(ours(steps).diagnostics).toMatchObject([
      { code: 'unknown_task', line: 9, column: 13, fix: 'Did you mean "remind"?' },
    ])
  })
})
