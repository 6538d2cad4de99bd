import { createScriptedProvider } from '@copse/llm/testing'
import { describe, expect, it } from 'vitest'
import { leaf, openTalk, procedure } from '../testing/talk.ts'

const order = { key: 'order_id', title: 'order number', description: 'Order number', examples: ['ORD-123', 'ORD-9'] }
const story = { key: 'story', title: 'what happened', type: 'text', description: 'What happened' }

/** A step that asks for its fields by their first name. */
const ask = (fields: { key: string }[], required: string[], next: string) => ({
  node: leaf('collect', { say: { en: `${required[0]}?` }, triggers: ['help'], fields, required }),
  exits: { success: next, failure: 'done' },
})

/** Collects, and then says what it has. */
const collecting = (config: Parameters<typeof leaf>[1]) =>
  openTalk({
    procedures: [
      procedure('help', {
        ask: {
          node: leaf('collect', { say: { en: 'Which one?' }, triggers: ['help'], ...config }),
          exits: { success: 'done', failure: 'lost', person: 'person' },
        },
        done: { node: leaf('end', { say: { en: 'It is {{order_id}} {{story}}.' } }), exits: { end: 'end' } },
        lost: { node: leaf('end', { say: { en: 'Lost.' }, outcome: 'escalated' }), exits: { end: 'end' } },
        person: {
          node: leaf('handoff', { say: { en: 'A person.' }, reason: 'wants_person' }),
          exits: { success: 'end' },
        },
      }),
    ],
  })

describe('collecting', () => {
  it('takes what the message that led here brings, and asks nothing', async () => {
    const talk = collecting({ fields: [order], required: ['order_id'] })
    expect(await talk.say('help with ORD-77')).toMatchObject({ text: 'It is ORD-77 .', status: 'completed' })
    expect(talk.known()['order_id']).toMatchObject({ value: 'ORD-77', by: 'customer' })
  })

  it('asks for as much quiet as its author gave it, only while it waits', async () => {
    const talk = collecting({ fields: [order], required: ['order_id'], quietMs: 3_000 })
    expect(await talk.say('help')).toMatchObject({ text: 'Which one?', quietMs: 3_000 })
    expect((await talk.say('ORD-77')).quietMs).toBeUndefined()
  })

  it('does not take the opening message whole for a second step, once a first one has read it', async () => {
    const stages = {
      which: ask([order], ['order_id'], 'what'),
      what: ask([story], ['story'], 'done'),
      done: { node: leaf('end', { say: { en: 'It is {{order_id}} {{story}}.' } }), exits: { end: 'end' } },
    }
    const talk = openTalk({ procedures: [procedure('help', stages)] })
    expect(await talk.say('help with parcel ORD-77')).toMatchObject({ text: 'story?', status: 'waiting' })
    expect(await talk.say('it leaks')).toMatchObject({ text: 'It is ORD-77 it leaks.' })
  })

  it('asks who has said a part of it for the rest only', async () => {
    const size = { key: 'size', title: 'size', description: 'Size', enum: ['small', 'large'] }
    const talk = collecting({
      fields: [order, size],
      required: ['order_id', 'size'],
      say: { en: 'Which one, and which size?' },
    })
    const reply = await talk.say('help with ORD-77')
    expect(reply).toMatchObject({ status: 'waiting' })
    expect(reply.text).toContain('the size')
    expect(reply.text).not.toContain('Which one')
    expect(await talk.say('large')).toMatchObject({ status: 'completed' })
  })

  it('tells in any case what the author says beside the question', async () => {
    const say = { en: 'Returns cost 5 euros. Which one, and what happened?' }
    const talk = collecting({ fields: [order, story], required: ['order_id', 'story'], say })
    expect(await talk.say('help with ORD-77')).toMatchObject({ text: say.en, status: 'waiting' })
  })

  it('counts a reply that brings nothing, says that it did not understand, and gives up after three', async () => {
    const talk = collecting({ fields: [order], required: ['order_id'] })
    expect(await talk.say('help')).toMatchObject({ text: 'Which one?', status: 'waiting' })
    const again = await talk.say('the blue one')
    expect(again).toMatchObject({ status: 'waiting', step: 'collect' })
    expect(again.text).not.toContain('Which one?')
    expect(again.text).toContain('order number')
    expect(await talk.tap('stale_button')).toMatchObject({ status: 'waiting' })
    expect(await talk.say('')).toMatchObject({ text: 'Lost.', status: 'escalated' })
  })

  it('lists what there is to choose from when it asks again', async () => {
    const size = { key: 'size', title: 'size', type: 'string', description: '', enum: ['small', 'extra_large'] }
    const colour = { key: 'colour', title: 'colour', type: 'string', description: '', enum: ['red', 'blue', 'green'] }
    const open = async (fields: { key: string }[], language: string) => {
      const keys = fields.map(({ key }) => key)
      const stages = { ask: ask(fields, keys, 'done'), done: { node: leaf('end', {}), exits: { end: 'end' } } }
      const talk = openTalk({ procedures: [procedure('help', stages)], language })
      expect((await talk.say('help')).text).not.toContain('small')
      return talk
    }
    expect((await (await open([size], 'en')).say('hm')).text).toMatch(/ It can be small or extra large\.$/)
    expect((await (await open([size], 'es')).say('hm')).text).toMatch(/ Puede ser small o extra large\.$/)
    const both = await open([size, colour], 'en')
    expect((await both.say('hm')).text).toMatch(/ Size: small or extra large\. Colour: red, blue, or green\.$/)
    expect((await both.say('small')).text).toMatch(/\? It can be red, blue, or green\.$/)
    const other = await open([size, order], 'en')
    expect((await other.say('hm')).text).toMatch(/ Size: small or extra large\.$/)
    const many = { ...colour, enum: Array.from({ length: 40 }, (_, at) => `c${at}`) }
    expect((await (await open([many], 'en')).say('hm')).text).toMatch(/ It can be c0, c1, .*, c19, or 20 more\.$/)
  })

  it('takes a placeholder for no value, unless the customer wrote it', async () => {
    const stages = {
      ask: ask([order, story], ['order_id', 'story'], 'done'),
      done: { node: leaf('end', { say: { en: 'It is {{order_id}} {{story}}.' } }), exits: { end: 'end' } },
    }
    const json = { story: 'about {{case_id}}' }
    const model = createScriptedProvider([{ json }, { text: 'What happened?' }])
    const talk = openTalk({ procedures: [procedure('help', stages)], model })
    expect(await talk.say('help with ORD-77')).toMatchObject({ status: 'waiting' })
    expect(talk.known()['story']).toBeUndefined()
    expect(await talk.say('it shows {{case_id}}')).toMatchObject({ text: 'It is ORD-77 it shows {{case_id}}.' })
  })

  it('does not count a reply that brings one of the things that are missing', async () => {
    const keys = ['one', 'two', 'three', 'four', 'five']
    const fields = keys.map((key) => ({ key, title: key, type: 'string', description: '', enum: [`the ${key}`] }))
    const talk = collecting({ fields, required: keys })
    await talk.say('help')
    expect((await talk.say('hm')).status).toBe('waiting')
    for (const key of keys.slice(0, 4)) expect((await talk.say(`the ${key}`)).status).toBe('waiting')
    expect((await talk.say('hm')).status).toBe('waiting')
    expect((await talk.say('hm')).text).toBe('Lost.')
  })

  it('asks for all that is missing, and says "or" only where one is enough', async () => {
    const required = collecting({ fields: [order, story], required: ['order_id', 'story'] })
    await required.say('help')
    expect((await required.say('')).text).toContain('your order number and what happened?')
    const any = collecting({ fields: [order, story], requiredAny: [['order_id', 'story']] })
    await any.say('help')
    expect((await any.say('')).text).toContain('your order number or what happened?')
  })

  it('does not take an answer for what the next step asks for as well', async () => {
    const city = (key: string) => ({ key, title: key, type: 'string', description: '', enum: ['Madrid', 'Rome'] })
    const stages = {
      from: ask([city('origin')], ['origin'], 'to'),
      to: ask([city('target')], ['target'], 'done'),
      done: { node: leaf('end', { say: { en: 'From {{origin}} to {{target}}.' } }), exits: { end: 'end' } },
    }
    const talk = openTalk({ procedures: [procedure('help', stages)] })
    await talk.say('help')
    expect(await talk.say('Madrid')).toMatchObject({ text: 'target?', status: 'waiting' })
    expect(await talk.say('Rome')).toMatchObject({ text: 'From Madrid to Rome.' })
  })

  it('lets no model take it either, also in other words', async () => {
    const day = (key: string) => ({ key, title: key, type: 'date', description: '' })
    const stages = {
      first: ask([day('leaves')], ['leaves'], 'last'),
      last: ask([day('back')], ['back'], 'done'),
      done: { node: leaf('end', { say: { en: '{{leaves}}, {{back}}.' } }), exits: { end: 'end' } },
    }
    const model = createScriptedProvider([{ json: {} }, { json: { back: '2027-01-01' } }])
    const talk = openTalk({ procedures: [procedure('help', stages)], model })
    await talk.say('help')
    expect(await talk.say('tomorrow')).toMatchObject({ text: 'back?', status: 'waiting' })
    expect(talk.known()['back']).toBeUndefined()
  })

  it('takes the digits of one field for no attempt at another', async () => {
    const fields = [
      { key: 'phone', title: 'phone', type: 'phone', description: '' },
      { key: 'day', title: 'day', type: 'date', description: '' },
    ]
    const talk = collecting({ fields, required: ['phone', 'day'] })
    await talk.say('help')
    expect((await talk.say('+34 600 111 222')).text).toBe('Could you give me the day?')
  })

  it('asks for what is still missing only, and forgets nothing meanwhile', async () => {
    const talk = collecting({ fields: [order, story], required: ['order_id', 'story'] })
    await talk.say('help')
    expect((await talk.say('ORD-5')).text).toContain('what happened')
    expect(await talk.say('it leaks')).toMatchObject({ text: 'It is ORD-5 it leaks.' })
  })

  it('is content with one of several alternatives', async () => {
    const talk = collecting({ fields: [order, story], requiredAny: [['order_id', 'story']] })
    expect((await talk.say('help with ORD-5')).status).toBe('completed')
  })

  it.each(['let me talk to a person', 'a human please'])(
    'gives «%s» to a person, also where any text would be an answer',
    async (text) => {
      const talk = collecting({ fields: [story], required: ['story'] })
      await talk.say('help')
      const reply = await talk.say(text)
      expect(reply).toMatchObject({ text: 'A person.', status: 'escalated' })
      expect(reply.handoffs).toHaveLength(1)
      expect(talk.known()).not.toHaveProperty('story')
    },
  )

  it('takes a story about a person for a story', async () => {
    const talk = collecting({ fields: [story], required: ['story'] })
    await talk.say('help')
    expect((await talk.say('your manager was rude to me')).status).toBe('completed')
  })

  it('does not take a story about a person for a call for one at the next question', async () => {
    const stages = {
      what: ask([story], ['story'], 'which'),
      which: {
        node: leaf('collect', { say: { en: 'Which one?' }, fields: [order], required: ['order_id'] }),
        exits: { success: 'done', failure: 'done', person: 'person' },
      },
      done: { node: leaf('end', { say: { en: 'It is {{order_id}}.' } }), exits: { end: 'end' } },
      person: {
        node: leaf('handoff', { say: { en: 'A person.' }, reason: 'wants_person' }),
        exits: { success: 'end' },
      },
    }
    const talk = openTalk({ procedures: [procedure('help', stages)] })
    await talk.say('help')
    expect(await talk.say('your manager was rude to me')).toMatchObject({ text: 'Which one?', status: 'waiting' })
    expect(await talk.say('the manager')).toMatchObject({ text: 'A person.', status: 'escalated' })
  })

  it('takes names of the language itself for no value', async () => {
    const talk = collecting({ fields: [{ ...order, key: 'constructor' }], required: ['constructor'] })
    expect(await talk.say('help __proto__')).toMatchObject({ status: 'waiting', handoffs: [] })
  })
})
