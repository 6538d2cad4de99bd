import { createScriptedProvider } from '@copse/llm/testing'
import { describe, expect, it } from 'vitest'
import { leaf, openTalk, procedure } from './testing/talk.ts'

/** A procedure that says its name and ends. */
const named = (id: string, name: string, triggers: string[], description = '') =>
  procedure(
    id,
    { only: { node: leaf('end', { say: { en: `This is ${id}.` } }), exits: { end: 'end' } } },
    { name, triggers, description },
  )
const procedures = [
  named('refund', 'Refund', ['refund', 'money back', 'cancel order'], 'Pays an order back.'),
  named('complaint', 'Complaint', ['complaint', 'not happy'], 'Listens to what went wrong.'),
  named('status', 'Order status', ['order', 'parcel'], 'Says where a parcel is.'),
]
const open = (model?: ReturnType<typeof createScriptedProvider>) =>
  openTalk({ procedures, ...(model === undefined ? {} : { model }) })

describe('routing a new message', () => {
  it.each([
    ['I want a REFUND!', 'refund'],
    ['please cancel order 5', 'refund'],
    ['where is my order', 'status'],
    ["I'm not   happy", 'complaint'],
  ])('takes the longest trigger in «%s»', async (text, intent) => {
    expect((await open().say(text)).intent).toBe(intent)
  })

  it('reads a burst as one message, in order', async () => {
    expect((await open().burst('hello', 'it is about', 'my money back')).intent).toBe('refund')
  })

  it('finds triggers in whole words only', async () => {
    expect(await open().say('disorder')).toMatchObject({
      status: undefined,
      options: ['Refund', 'Complaint', 'Order status'],
    })
  })

  it('asks which when two are as good, and takes the answer as number, title or tap', async () => {
    for (const answer of ['2', 'order status', 'the second one']) {
      const talk = openTalk({
        procedures: [named('a', 'Parcels', ['parcel']), named('status', 'Order status', ['refund'])],
      })
      expect(await talk.say('refund of a parcel')).toMatchObject({
        text: 'Which of these do you mean?',
        options: ['Parcels', 'Order status'],
      })
      expect((await talk.say(answer)).intent).toBe('status')
    }
  })

  it('shows the menu when it understands nothing, then says so, then fetches a person', async () => {
    const talk = open()
    expect((await talk.say('hello')).text).toBe('Hello! What can I help you with?')
    expect((await talk.say('blah')).text).toContain('did not understand')
    expect((await talk.say('blah')).text).toContain('did not understand')
    const last = await talk.say('blah')
    expect(last).toMatchObject({ options: [], handoffs: [{ reason: 'Nothing that is offered fits.' }] })
    expect((await talk.say('hello')).text).toBe('Hello! What can I help you with?')
  })

  it('resolves a number only in the menu that was offered', async () => {
    const talk = open()
    expect((await talk.say('2')).intent).toBeUndefined()
    expect((await talk.say('2')).intent).toBe('complaint')
    expect((await talk.say('2')).intent).toBeUndefined()
  })

  it('starts what a button names, and nothing for a button of old', async () => {
    expect((await open().tap('status')).intent).toBe('status')
    expect((await open().tap('store_credit')).intent).toBeUndefined()
    expect((await open().tap('__proto__')).intent).toBeUndefined()
  })

  it('gives who asks for a person a person', async () => {
    expect(await open().say('let me talk to a human')).toMatchObject({
      intent: undefined,
      handoffs: [{ reason: 'The customer asked for a person.' }],
    })
  })

  it('asks a model only where words are silent', async () => {
    const model = createScriptedProvider([{ purpose: 'route', label: 'complaint' }])
    expect((await open(model).say('refund please')).intent).toBe('refund')
    expect(model.left).toHaveLength(1)
    expect((await open(model).say('esto es un desastre')).intent).toBe('complaint')
  })

  it('takes nothing from a model that is not on the list', async () => {
    const model = { ...createScriptedProvider([]), classify: async () => ({ label: 'drop_tables', usage }) }
    expect(await open(model).say('esto es un desastre')).toMatchObject({
      intent: undefined,
      options: ['Refund', 'Complaint', 'Order status'],
    })
  })

  it('shows the menu when the model fails', async () => {
    const model = createScriptedProvider([{ purpose: 'route', fault: 'model_unavailable' }])
    expect((await open(model).say('esto es un desastre')).text).toBe('Hello! What can I help you with?')
  })
})

const usage = { provider: 'scripted', model: 'script', purpose: 'route' as const, inputTokens: 1, outputTokens: 1 }
