import { openingHours } from '@copse/time'
import { expect, test } from 'vitest'
import { leaf, openTalk, procedure } from './testing/talk.ts'

const hours = openingHours.parse({ week: { mon: [{ from: '09:00', to: '18:00' }] } })
const timeZone = 'Europe/Madrid'
const saturday = Date.UTC(2026, 9, 24, 20)
const monday = Date.UTC(2026, 9, 26, 10)

/** `lost` cannot go on; `help` hands over in its own words. */
const procedures = [
  procedure('help', {
    person: { node: leaf('handoff', { reason: 'asked', say: { en: 'I call somebody.' } }), exits: { success: 'end' } },
  }),
  procedure('lost', { nowhere: { node: leaf('decide', { branches: [] }), exits: {} } }),
]
const talkAt = (now: number, more = {}) => openTalk({ procedures, timeZone, hours, now, ...more })

test.each(['help', 'lost', 'I want to talk to a person'])(
  'who is passed to a person while nobody is there is told when somebody will be: %s',
  async (message) => {
    const told = 'We are closed at the moment; somebody will be here from Monday, October 26 at 09:00.'
    const night = await talkAt(saturday).say(message)
    expect(night.text).toMatch(new RegExp(`. ${told}$`))
    expect(night.handoffs).toHaveLength(1)
    const day = await talkAt(monday).say(message)
    expect(night.text).toBe(`${day.text} ${told}`)
  },
)

test('it is said in the language of the customer, or in the words of the tenant', async () => {
  expect((await talkAt(saturday, { language: 'es' }).say('help')).text).toMatch(
    /a partir de: lunes, 26 de octubre, 09:00\.$/,
  )
  const whenClosed = { en: 'Back on {{opens}}, {{name}}!' }
  expect((await talkAt(saturday, { whenClosed }).say('help')).text).toBe(
    'I call somebody. Back on Monday, October 26 at 09:00, !',
  )
})

test('a tenant that never opens promises no time', async () => {
  expect((await talkAt(saturday, { hours: openingHours.parse({}) }).say('help')).text).toBe('I call somebody.')
})
