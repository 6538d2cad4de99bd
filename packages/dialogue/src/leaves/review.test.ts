import { describe, expect, it } from 'vitest'
import { talkTo } from '../testing/flow-talk.ts'

/** Collects a name, a mail address and a day, and reads them back. */
const booking = (more = '') => `
copse: 1
procedure:
  id: booking
  triggers: [book]
  steps:
    - id: ask
      action: collect_info
      say: Your order, mail address and day?
      extract_fields:
        - {key: order_id, title: order number, examples: [ORD-1, ORD-22]}
        - {key: email, title: mail address, type: email}
        - {key: day, title: date, type: date, max: +30d}
      required_fields: [order_id, email, day]
      next_step: check
    - {id: check, action: confirm, next_step: done${more}}
    - {id: other, action: end, say: Other.}
    - {id: done, action: end, say: "Booked {{order_id}}, {{email}}, {{day}}."}
`
const now = Date.UTC(2026, 10, 21, 12)

async function atReview(more?: string) {
  const talk = talkTo(booking(more), [], { now })
  await talk.say('book')
  return { talk, heard: await talk.say('ORD-7, ann@shop.example, December 4') }
}

describe('reading back what was collected', () => {
  it('lists it, asks for a yes, and goes on with one', async () => {
    const { talk, heard } = await atReview()
    expect(heard).toMatchObject({ step: 'check', options: ['Yes', 'No'] })
    for (const part of ['order number: ORD-7', 'mail address: ann@shop.example', 'date: Friday, December 4, 2026'])
      expect(heard.text).toContain(part)
    expect(await talk.say('yes')).toMatchObject({
      status: 'completed',
      text: 'Booked ORD-7, ann@shop.example, 2026-12-04.',
    })
  })

  it('says what its author wrote instead', async () => {
    const { heard } = await atReview(', say: "{{order_id}} on {{day}}, right?"')
    expect(heard.text).toBe('ORD-7 on 2026-12-04, right?')
  })

  it('lists what a corrected value can be', async () => {
    const sized = booking().replace(
      'key: day, title: date, type: date, max: +30d',
      'key: day, title: size, enum: [S, M, L]',
    )
    const talk = talkTo(sized, [], { now })
    await talk.say('book')
    await talk.say('ORD-7, ann@shop.example, M')
    expect((await talk.say('no, the size is wrong')).text).toBe(
      'What is the right value for size? It can be S, M, or L.',
    )
  })

  it('takes a corrected value, and reads all back again', async () => {
    const { talk } = await atReview()
    const heard = await talk.say('no, the date is December 5')
    expect(heard).toMatchObject({ step: 'check', status: 'waiting' })
    expect(heard.text).toContain('date: Saturday, December 5, 2026')
    expect(await talk.say('yes')).toMatchObject({ text: 'Booked ORD-7, ann@shop.example, 2026-12-05.' })
  })

  it('asks only for the field that is named when its new value cannot be read', async () => {
    const { talk } = await atReview()
    expect(await talk.say('no, the date is the 5th')).toMatchObject({
      text: 'What is the right value for date?',
      status: 'waiting',
    })
    expect(talk.known()['day']).toMatchObject({ unconfirmed: true })
    expect(talk.known()['email']).not.toHaveProperty('unconfirmed')
    expect((await talk.say('December 5')).text).toContain('date: Saturday, December 5, 2026')
  })

  it('asks what is wrong after a plain no, and lets the customer tap it', async () => {
    const { talk } = await atReview()
    expect(await talk.say('no')).toMatchObject({
      text: 'What shall I change?',
      options: ['order number', 'mail address', 'date'],
    })
    expect(await talk.tap('change:email')).toMatchObject({ text: 'What is the right value for mail address?' })
    expect((await talk.say('bob@shop.example')).text).toContain('mail address: bob@shop.example')
  })

  it('takes no correction that the field would not take', async () => {
    const { talk } = await atReview()
    const heard = await talk.say('no, the date is 2027-06-01')
    expect(heard.text).toContain('that day is too late')
    expect(heard.text).toContain('date: Friday, December 4, 2026')
  })

  it('says of a new value that is out of bounds that it is, and not that it was not understood', async () => {
    const { talk } = await atReview()
    await talk.say('the date is wrong')
    expect(await talk.say('2027-06-01')).toMatchObject({
      text: 'Sorry, that day is too late: it can be December 21, 2026 or earlier. What is the right value for date?',
      status: 'waiting',
    })
  })

  it('leads a plain no where the author says', async () => {
    const { talk } = await atReview(', on_no: other')
    expect(await talk.say('no')).toMatchObject({ text: 'Other.', status: 'completed' })
  })

  it('does not go on with a yes that brings another value', async () => {
    const { talk } = await atReview()
    expect(await talk.say('yes, but ORD-8')).toMatchObject({ status: 'waiting', step: 'check' })
    expect(talk.known()['order_id']).toMatchObject({ value: 'ORD-8' })
  })

  it('goes to a person after three replies that say nothing, or when asked', async () => {
    const { talk } = await atReview()
    await talk.say('hm')
    await talk.say('hm')
    expect(await talk.say('hm')).toMatchObject({ status: 'escalated' })
    const second = await atReview()
    expect(await second.talk.say('yes, get me your manager')).toMatchObject({ status: 'escalated' })
  })
})
