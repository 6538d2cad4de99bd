import { describe, expect, it } from 'vitest'
import { calendar, talkTo } from './testing/flow-talk.ts'

const hour = 3_600_000
const now = Date.UTC(2026, 10, 21, 12)

/** A flow that is told a time and reminds of it; `when` is what schedules the reminder. */
const flow = (when: string): string => `
copse: 1
flow:
  id: salon
  initial_state: MENU
  global_transitions: [{on_payload: sorry, target: MOVED}]
  tasks:
    reminder:
      actions:
        - {action: send_interactive_buttons, body: "Remember {{data.slot}}, {{data.name}}.", buttons: [{id: sorry, title: I cannot}]}
  states:
    MENU:
      on_enter: [{action: send_text, text: When?}]
      transitions:
        - {on_payload: cancel, target: CANCELLED}
        - {on_type: text, set_data: {slot: "{{message.text}}", name: Ana}, target: BOOKED}
    BOOKED:
      on_enter:
        - {action: schedule_task, task: reminder, key: "{{data.name}}", ${when}}
        - {action: send_text, text: Booked.}
      transitions: [{on_payload: again, target: MENU}, {on_payload: bye, target: end}]
    CANCELLED:
      on_enter: [{action: cancel_task, task: reminder, key: Ana}, {action: send_text, text: Cancelled.}]
      fallback: MENU
    MOVED:
      on_enter: [{action: send_text, text: When else?}]
      fallback: MENU
`
const world = { now, timeZone: 'Europe/Madrid' }
const tasksOf = (talk: ReturnType<typeof talkTo>) => talk.timers().filter(({ key }) => key.startsWith('task:'))

async function book(when: string, slot: string) {
  const talk = talkTo(flow(when), [], { ...world })
  await talk.say('hello')
  const heard = await talk.say(slot)
  return { talk, heard }
}

/** A flow whose task books: what cannot be booked then is for a person to see to. */
const booking = `
copse: 1
flow:
  id: salon
  initial_state: MENU
  tasks:
    book:
      actions:
        - {action: invoke_connector, operation: book_appointment, params: {slot: "{{data.slot}}"}}
        - {action: send_text, text: Booked after all.}
  states:
    MENU:
      on_enter:
        - {action: send_text, text: When?}
      transitions:
        - {on_type: text, set_data: {slot: "{{message.text}}"}, target: LATER}
    LATER:
      on_enter:
        - {action: schedule_task, task: book, in: 1h}
      transitions: [{always: true, target: end}]
`

describe('a task that fails', () => {
  it('tells a person what it was and why, and the customer nothing', async () => {
    const { outside } = calendar({
      book_appointment: () => ({ status: 'unavailable', code: 'timeout', reason: 'It did not answer.' }),
    })
    const talk = talkTo(booking, outside, { ...world })
    await talk.say('hello')
    await talk.say('2026-11-25T10:00')
    const [task] = tasksOf(talk)
    const rang = await talk.ring({ stale: task! })
    expect(rang).toMatchObject({
      text: '',
      handoffs: [
        {
          reason: 'task_failed',
          summary: 'The task "book" failed. timeout: It did not answer.',
          data: { slot: '2026-11-25T10:00' },
        },
      ],
    })
  })
})

describe('a task', () => {
  it('runs on the wall clock of the tenant, the day before, with what was known then', async () => {
    const { talk } = await book('at: "{{data.slot}}", before: 1 day', '2026-11-25T10:00')
    const [task] = tasksOf(talk)
    expect(task?.when).toEqual({ at: Date.UTC(2026, 10, 24, 9) })
    await talk.tap('bye')
    expect(await talk.ring({ stale: task! })).toMatchObject({
      text: 'Remember 2026-11-25T10:00, Ana.',
      options: ['I cannot'],
      status: undefined,
    })
    expect(await talk.tap('sorry')).toMatchObject({ step: 'MOVED' })
  })

  it.each(['1', 'I cannot', 'i cannot.'])('is answered by «%s» like by its button', async (words) => {
    const { talk } = await book('in: 2h', 'tomorrow')
    const [task] = tasksOf(talk)
    await talk.tap('bye')
    await talk.ring({ stale: task! })
    expect(await talk.say(words)).toMatchObject({ step: 'MOVED', text: 'When else?' })
  })

  it('is answered by its words no more once something else has begun', async () => {
    const { talk } = await book('in: 2h', 'tomorrow')
    const [task] = tasksOf(talk)
    await talk.tap('bye')
    await talk.ring({ stale: task! })
    await talk.say('hello')
    await talk.say('tomorrow')
    await talk.tap('bye')
    expect(await talk.say('I cannot')).toMatchObject({ step: 'MENU' })
  })

  it('leaves the session that is open as it is', async () => {
    const { talk } = await book('in: 2h', 'tomorrow')
    const before = talk.known()
    const [task] = tasksOf(talk)
    expect(task?.when).toEqual({ at: now + 2 * hour })
    expect(await talk.ring({ stale: task! })).toMatchObject({ text: 'Remember tomorrow, Ana.' })
    expect(talk.known()).toEqual(before)
    expect(await talk.tap('again')).toMatchObject({ step: 'MENU' })
  })

  it('is replaced by one of the same key', async () => {
    const { talk } = await book('in: 2h', 'tomorrow')
    await talk.tap('again')
    await talk.say('on Monday')
    expect(tasksOf(talk)).toHaveLength(1)
    expect(await talk.ring({ stale: tasksOf(talk)[0]! })).toMatchObject({ text: 'Remember on Monday, Ana.' })
  })

  it('is cancelled, and a second time it is no fault', async () => {
    const { talk } = await book('in: 2h', 'tomorrow')
    await talk.tap('again')
    expect(await talk.tap('cancel')).toMatchObject({ text: 'Cancelled.' })
    expect(tasksOf(talk)).toEqual([])
    await talk.say('x')
    expect(await talk.tap('cancel')).toMatchObject({ text: 'Cancelled.' })
  })

  it('recurs on the clock of the tenant', async () => {
    const { talk } = await book('every: {daily: "09:00"}', 'tomorrow')
    expect(tasksOf(talk)[0]?.when).toEqual({ schedule: { daily: '09:00' }, zone: 'Europe/Madrid' })
  })

  it('is not set for a time that is over', async () => {
    const { talk, heard } = await book('at: "{{data.slot}}", before: 1 day', '2026-11-22T10:00')
    expect(tasksOf(talk)).toEqual([])
    expect(heard).toMatchObject({ text: 'Booked.' })
  })

  it('that comes before a time is let go once that time is over, and any other is done late', async () => {
    const { talk: before } = await book('at: "{{data.slot}}", before: 1 day', '2026-11-25T10:00')
    expect(tasksOf(before)[0]?.misfire).toEqual({ policy: 'skip', graceMs: 24 * hour })
    for (const when of ['at: "{{data.slot}}"', 'in: 2h', 'every: {daily: "09:00"}']) {
      const { talk } = await book(when, '2026-11-25T10:00')
      expect(tasksOf(talk)[0]).not.toHaveProperty('misfire')
    }
  })

  it.each(['soon', '2026-13-40', '2026-11-25T25:00'])('for «%s» is no task: the customer is told', async (slot) => {
    const { talk, heard } = await book('at: "{{data.slot}}"', slot)
    expect(tasksOf(talk)).toEqual([])
    expect(heard).toMatchObject({ step: 'BOOKED', status: 'waiting', text: 'Sorry, that did not work.' })
  })

  it('reads a time with a zone of its own', async () => {
    const { talk } = await book('at: "{{data.slot}}"', '2026-11-25T10:00+01:00')
    expect(tasksOf(talk)[0]?.when).toEqual({ at: Date.UTC(2026, 10, 25, 9) })
  })
})
