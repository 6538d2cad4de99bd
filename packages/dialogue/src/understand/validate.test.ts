import { expect, it } from 'vitest'
import { talkTo } from '../testing/flow-talk.ts'

/** Asks for one value; late in the evening of the 20th in New York it is the 21st in Madrid. */
const asking = (field: string, language = 'en') =>
  talkTo(
    `
copse: 1
procedure:
  id: ask
  triggers: [begin]
  steps:
    - id: ask
      action: collect_info
      say: {en: "Please?", es: "¿Por favor?"}
      extract_fields: [{key: value, title: value, ${field}}]
      required_fields: [value]
      next_step: done
    - {id: done, action: end, say: "{{value}}"}
`,
    [],
    { now: Date.UTC(2026, 10, 20, 23, 30), timeZone: 'Europe/Madrid', language },
  )

it.each([
  ['type: date, min: today', 'yesterday', 'that day is too early: it can be November 21, 2026 or later', 'tomorrow'],
  ['type: date, max: +30d', '2027-01-15', 'that day is too late: it can be December 21, 2026 or earlier', '2026-12-21'],
  ['type: date, min: 2026-12-01', '2026-11-30', 'too early: it can be December 1, 2026', '2026-12-01'],
  ['type: amount, min: 5', '$4', '4 is too little: the least is 5', '$5'],
  ['type: amount, max: 100', '$101', '101 is too much: the most is 100', '$100'],
  ['type: amount', '-50', '-50 is too little: the least is 0', '50'],
  ['type: amount, min: -100', '-101', '-101 is too little: the least is -100', '-50'],
  ['type: email', 'ann@shop', 'not a complete e-mail address', 'ann@shop.example'],
  ['type: phone', '5512', 'not a complete phone number', '+34 600 111 222'],
  ['type: date', 'the 5th', 'cannot tell which day', 'December 5'],
])('%s: «%s» is not taken, and the customer is told why', async (field, wrong, why, right) => {
  const talk = asking(field)
  await talk.say('begin')
  const heard = await talk.say(wrong)
  expect(heard).toMatchObject({ status: 'waiting' })
  expect(heard.text).toContain(why)
  expect(talk.known()).not.toHaveProperty('value')
  expect(await talk.say(right)).toMatchObject({ status: 'completed' })
})

it('tells one reason, and asks for it once', async () => {
  const talk = asking('type: email')
  await talk.say('begin')
  expect((await talk.say('ann@shop')).text).toBe(
    'Sorry, that is not a complete e-mail address. One looks like name@example.com. Could you give me the value?',
  )
  expect((await talk.say('I am at work')).text).toBe("Sorry, I didn't catch that. Could you give me the value?")
})

it('tells it in the language of the customer', async () => {
  const talk = asking('type: date, min: today', 'es')
  await talk.say('begin')
  expect((await talk.say('ayer')).text).toContain('demasiado pronto: puede ser 21 de noviembre de 2026 o más tarde')
})

it('reads day and month as the language of the customer writes them', async () => {
  const talk = asking('type: date', 'es')
  await talk.say('begin')
  await talk.say('3/4/2027')
  expect(talk.known()['value']).toMatchObject({ value: '2027-04-03' })
  const doubtful = asking('type: date', 'en')
  await doubtful.say('begin')
  expect((await doubtful.say('3/4/2027')).text).toContain('cannot tell which day')
})

it('does not take from the first message what it would not take later', async () => {
  const heard = await asking('type: date, min: today').say('begin yesterday')
  expect(heard.text).toContain('too early')
  expect(heard.text).toContain('Please?')
})

it('counts as an attempt, and ends with a person', async () => {
  const talk = asking('type: amount, max: 100')
  await talk.say('begin')
  for (const _ of [1, 2]) await talk.say('$500')
  expect(await talk.say('$500')).toMatchObject({ status: 'escalated' })
})
