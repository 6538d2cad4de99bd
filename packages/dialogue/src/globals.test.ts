import type { Knowledge } from '@copse/contracts'
import { createScriptedProvider } from '@copse/llm/testing'
import { describe, expect, it } from 'vitest'
import { leaf, openTalk, procedure, sequence } from './testing/talk.ts'

const person = { node: leaf('handoff', { say: { en: 'A person.' }, reason: 'x' }), exits: { success: 'end' } }
const refund = {
  name: 'refund',
  effect: 'idempotent' as const,
  summary: { en: { ok: 'I have paid 5 back.', confirm: 'I would pay 5 back. Shall I?' } },
}
const story = { key: 'story', title: 'story', type: 'text', description: 'What happened' }
const order = { key: 'order', title: 'order', description: 'Order number', examples: ['ORD-123'] }

/** Each kind of wait, and what to say to get there. */
const stages = {
  number: {
    node: leaf('collect', { say: { en: 'Which order?' }, triggers: ['help'], fields: [order], required: ['order'] }),
    exits: { success: 'story', failure: 'person', person: 'person' },
  },
  story: {
    node: leaf('collect', { say: { en: 'What happened?' }, triggers: ['help'], fields: [story], required: ['story'] }),
    exits: { success: 'pay', failure: 'person', person: 'person' },
  },
  pay: {
    node: sequence(
      leaf('confirm', { operation: 'refund', entered: ['always'] }),
      leaf('call', { operation: 'refund' }),
      leaf('pause', { say: { en: 'Is that right?' } }),
    ),
    exits: { success: 'offer', declined: 'offer', correct: 'offer', failure: 'person', person: 'person' },
  },
  offer: {
    node: sequence(
      leaf('say', { say: { en: 'Anything else?' } }),
      leaf('choose', {
        options: [
          { id: 'cancel_order', title: 'Cancel the order', keywords: ['cancel'], exit: 'gone' },
          { id: 'nothing', title: 'Nothing', keywords: ['nothing'], exit: 'gone' },
        ],
      }),
    ),
    exits: { gone: 'bye', failure: 'person', person: 'person' },
  },
  bye: { node: leaf('end', { say: { en: 'Bye.' } }), exits: { end: 'end' } },
  person,
}
const way = ['help', 'ORD-123', 'The box was empty', 'yes', 'yes']

type More = Partial<Parameters<typeof openTalk>[0]>

async function talkAt(wait: number, more: More = {}) {
  const talk = openTalk({
    operations: [[refund, () => ({ status: 'ok', data: {} })]],
    procedures: [procedure('help', stages)],
    ...more,
  })
  let last = await talk.say(way[0]!)
  for (const text of way.slice(1, wait + 1)) last = await talk.say(text)
  return { talk, last }
}

const waits = [0, 1, 2, 3, 4]

describe.each(waits)('at wait %i', (wait) => {
  it('«forget it» ends the conversation with a sentence', async () => {
    const { talk } = await talkAt(wait)
    const heard = await talk.say('forget it')
    expect(heard).toMatchObject({ status: 'completed', outcome: 'cancelled', decided: { global: 'cancel' } })
    expect(heard.text).toContain('I stop here')
    expect(heard.text.includes('I have paid 5 back.')).toBe(wait >= 3)
    expect(talk.timer()).toBeUndefined()
  })

  it('«what did you say?» brings the last message again, with its options, as often as it is said', async () => {
    const { talk, last } = await talkAt(wait)
    for (let times = 0; times < 5; times++) {
      const heard = await talk.say('what did you say?')
      expect(heard).toMatchObject({ text: last.text, options: last.options, status: 'waiting', step: last.step })
    }
    if (wait + 1 < way.length) expect(await talk.say(way[wait + 1]!)).not.toMatchObject({ text: last.text })
  })

  it('«I want to talk to a person» hands over, with what is known', async () => {
    const { talk } = await talkAt(wait)
    const heard = await talk.say('I want to talk to a person')
    expect(heard).toMatchObject({ text: 'A person.', status: 'escalated' })
    expect(heard.handoffs).toMatchObject([{ data: wait > 0 ? { order: 'ORD-123' } : {} }])
  })

  it('«delete my data» is asked once more, then passed on; the question stays open', async () => {
    const { talk, last } = await talkAt(wait)
    const asked = await talk.say('please delete my data')
    expect(asked).toMatchObject({ status: 'waiting', options: ['Yes', 'No'], handoffs: [] })
    const passed = await talk.say('yes')
    expect(passed).toMatchObject({
      handoffs: [{ reason: 'privacy', data: { contact_id: 'c' } }],
      options: last.options,
    })
    expect(passed.text).toContain('I have passed this on.')
    expect(passed.text).toContain(last.text)
    if (wait + 1 < way.length) expect((await talk.say(way[wait + 1]!)).handoffs).toEqual([])
  })

  it('deletes nothing for who says no, or something else', async () => {
    const { talk, last } = await talkAt(wait)
    await talk.say('delete my data')
    const kept = await talk.say('no')
    expect(kept).toMatchObject({ handoffs: [], options: last.options })
    expect(kept.text).toContain('nothing is deleted')
    await talk.say('delete my data')
    await talk.say(way[wait + 1] ?? 'nothing')
    expect((await talk.say('yes')).handoffs.filter(({ reason }) => reason === 'privacy')).toEqual([])
  })

  it('a question is answered from what the tenant knows, and the open one put again', async () => {
    const knowledge: Knowledge = {
      answer: async ({ text }) => (text.includes('open') ? { text: 'We open at nine.' } : { nothing: 'out_of_scope' }),
    }
    const { talk, last } = await talkAt(wait, { knowledge })
    const heard = await talk.say('When do you open?')
    expect(heard).toMatchObject({ text: `We open at nine.\n\n${last.text}`, options: last.options, status: 'waiting' })
    expect(await talk.say('what did you say?')).toMatchObject({ text: last.text })
  })
})

describe('words that are waited for', () => {
  it('are the answer: an option that holds «cancel» is chosen by it', async () => {
    const { talk } = await talkAt(4)
    expect(await talk.say('cancel')).toMatchObject({ text: 'Bye.', outcome: 'resolved' })
  })

  it('give way to a longer phrase', async () => {
    const { talk } = await talkAt(4)
    expect(await talk.say('no, cancel everything please')).toMatchObject({ outcome: 'cancelled' })
  })

  it('are a story where any text is one', async () => {
    const { talk } = await talkAt(1)
    expect(await talk.say('the driver said forget it and left')).toMatchObject({ step: 'confirm' })
  })

  it('are never guessed without a model: what is unclear counts as a try', async () => {
    const { talk } = await talkAt(4)
    const heard = await talk.say('I have had enough of this')
    expect(heard).toMatchObject({ status: 'waiting', decided: { option: null } })
  })
})

describe('where a model is configured', () => {
  it.each([2, 4])('at wait %i it may say which of these is meant, once words are silent', async (wait) => {
    const model = createScriptedProvider([
      { purpose: 'extract', json: {} },
      { purpose: 'classify', label: '$cancel' },
    ])
    const { talk } = await talkAt(wait, { model })
    expect(await talk.say('I have had enough of this')).toMatchObject({ outcome: 'cancelled' })
    expect(model.left).toEqual([])
  })
})

describe('before any conversation', () => {
  it('«delete my data» is asked once more and passed on', async () => {
    const talk = openTalk({ procedures: [procedure('help', stages)] })
    expect(await talk.say('delete my data')).toMatchObject({ options: ['Yes', 'No'], handoffs: [] })
    expect(await talk.say('yes')).toMatchObject({ handoffs: [{ reason: 'privacy' }] })
  })

  it('«forget it» gets a goodbye, not a menu', async () => {
    const talk = openTalk({ procedures: [procedure('help', stages)] })
    expect(await talk.say('forget it')).toMatchObject({ text: expect.stringContaining('I stop here'), options: [] })
  })
})

describe('while only the outside is waited for', () => {
  const waiting = () =>
    openTalk({
      procedures: [
        procedure('help', {
          wait: { node: { op: 'wait', config: { kind: 'job', key: 'x' } }, exits: { success: 'end' } },
        }),
      ],
    })

  it('«forget it» ends it, and says what cannot be called back', async () => {
    const talk = waiting()
    await talk.say('help')
    const heard = await talk.say('forget it')
    expect(heard).toMatchObject({ status: 'completed', outcome: 'cancelled' })
    expect(heard.text).toContain('cannot call back')
  })

  it('«a person» hands over', async () => {
    const talk = waiting()
    await talk.say('help')
    expect(await talk.say('a person please')).toMatchObject({
      status: 'escalated',
      outcome: 'escalated',
      handoffs: [{ reason: 'wants_person' }],
    })
  })
})
