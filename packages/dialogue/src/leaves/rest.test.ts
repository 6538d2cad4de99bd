import type { Knowledge } from '@copse/contracts'
import { describe, expect, it } from 'vitest'
import { talkTo } from '../testing/flow-talk.ts'

const hour = 3_600_000
const now = Date.UTC(2026, 10, 21, 12)

/** Waits, and then says so. */
const waiting = (more: string, knowledge?: Knowledge) =>
  talkTo(
    `
copse: 1
procedure:
  id: later
  triggers: [later]
  steps:
    - id: ask
      action: collect_info
      say: When?
      extract_fields: [{key: day, type: date}]
      required_fields: [day]
      next_step: rest
    - {id: rest, action: wait, ${more}, next_step: done}
    - id: change
      action: collect_info
      extract_fields: [{key: order_id, examples: [ORD-1, ORD-22]}]
      required_fields: [order_id]
      next_step: other
    - {id: other, action: end, say: "Other {{order_id}}."}
    - {id: done, action: end, say: "It is time."}
`,
    [],
    { timeZone: 'Europe/Madrid', now, ...(knowledge ? { knowledge } : {}) },
  )

describe('waiting for a time', () => {
  it('rests so long, says so, and goes on by itself', async () => {
    const talk = waiting('for: 2h, say: "I write at the hour."')
    expect(await talk.say('later, on December 4')).toMatchObject({ text: 'I write at the hour.', status: 'waiting' })
    expect(talk.timer()?.when).toEqual({ at: now + 2 * hour })
    expect(await talk.ring()).toMatchObject({ text: 'It is time.', status: 'completed' })
  })

  it('rests until the day in a field begins, on the clock of the tenant', async () => {
    const talk = waiting('until: day')
    expect((await talk.say('later, on December 4')).text).toBe('I will write to you again as soon as it is time.')
    expect(talk.timer()?.when).toEqual({ at: Date.UTC(2026, 11, 3, 23) })
  })

  it('goes on at once where that time is over', async () => {
    expect(await waiting('until: day').say('later, yesterday')).toMatchObject({ text: 'It is time.' })
  })

  it('answers who writes meanwhile, and is not put off by it', async () => {
    const talk = waiting('for: 2h, meanwhile: Not yet.')
    await talk.say('later, on December 4')
    expect(await talk.say('well?')).toMatchObject({ text: 'Not yet.', status: 'waiting' })
    expect(talk.timer()?.when).toEqual({ at: now + 2 * hour })
  })

  it('answers a question meanwhile, and rests on', async () => {
    const answer: Knowledge['answer'] = async ({ text }) =>
      text.includes('open') ? { text: 'We open at nine.' } : { nothing: 'out_of_scope' }
    const talk = waiting('for: 2h, say: I write at the hour., meanwhile: Not yet.', { answer })
    await talk.say('later, on December 4')
    expect((await talk.say('When do you open?')).text).toBe('We open at nine.\n\nI write at the hour.')
    expect((await talk.say('Why not?')).text).toBe('I am sorry, I do not know that. Not yet.')
    expect(talk.timer()?.when).toEqual({ at: now + 2 * hour })
    expect(await talk.ring()).toMatchObject({ text: 'It is time.' })
  })

  it('is not idle, however long it takes', async () => {
    const talk = waiting('for: 3 days, meanwhile: Not yet.')
    await talk.say('later, on December 4')
    // A timer of nobody's, by which the time passes.
    await talk.ring({ stale: { key: 'nobody', when: { at: now + 30 * hour } } })
    expect(await talk.say('well?')).toMatchObject({ text: 'Not yet.', intent: 'later' })
  })

  it('leads a message on where its author says so, and the step there reads it', async () => {
    const talk = waiting('for: 2h, on_message: change')
    await talk.say('later, on December 4')
    expect(await talk.say('take ORD-8 instead')).toMatchObject({ text: 'Other ORD-8.', status: 'completed' })
    expect(talk.timer()).toBeUndefined()
  })

  it('is given up by who wants no more of it', async () => {
    const talk = waiting('for: 2h')
    await talk.say('later, on December 4')
    expect(await talk.say('cancel')).toMatchObject({ status: 'completed', outcome: 'cancelled' })
    expect(talk.timer()).toBeUndefined()
  })

  it('gives who asks for a person to one', async () => {
    const talk = waiting('for: 2h')
    await talk.say('later, on December 4')
    expect(await talk.say('I want to talk to a person')).toMatchObject({ status: 'escalated' })
  })
})

describe('writing later', () => {
  const steps = (more: string) => `
copse: 1
procedure:
  id: visit
  triggers: [visit]
  steps:
    - id: ask
      action: collect_info
      extract_fields: [{key: day, type: date}]
      required_fields: [day]
      next_step: remind
    - {id: remind, action: schedule, at: day, before: 1 day, key: "{{day}}", send: "Tomorrow, {{day}}.", next_step: ask2}
    - id: ask2
      action: inform
      say: Booked.
      options: [{label: Cancel, next_step: unremind}, {label: Fine, next_step: done}]
    - {id: unremind, action: schedule, cancel: remind, key: "{{day}}", next_step: done}
    - {id: done, action: end, say: Bye.}${more}
`
  const open = () => talkTo(steps(''), [], { now, timeZone: 'Europe/Madrid' })
  const tasks = (talk: ReturnType<typeof open>) => talk.timers().filter(({ key }) => key.startsWith('task:'))

  it('reminds the day before, with what was known then, though the conversation has ended', async () => {
    const talk = open()
    expect(await talk.say('visit on December 4')).toMatchObject({ text: 'Booked.' })
    await talk.say('Fine')
    const [task] = tasks(talk)
    expect(task?.when).toEqual({ at: Date.UTC(2026, 11, 2, 23) })
    expect(await talk.ring({ stale: task! })).toMatchObject({ text: 'Tomorrow, 2026-12-04.', status: undefined })
  })

  it('takes it back', async () => {
    const talk = open()
    await talk.say('visit on December 4')
    expect(tasks(talk)).toHaveLength(1)
    expect(await talk.say('Cancel')).toMatchObject({ text: 'Bye.' })
    expect(tasks(talk)).toEqual([])
  })
})
