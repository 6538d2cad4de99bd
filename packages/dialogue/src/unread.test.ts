import { describe, expect, it } from 'vitest'
import { leaf, openTalk, procedure } from './testing/talk.ts'

const name = { key: 'name', title: 'name', type: 'text', description: 'The name' }
const asking = () =>
  openTalk({
    procedures: [
      procedure(
        'greet',
        {
          ask: {
            node: leaf('collect', { say: { en: 'Name?' }, triggers: ['hello'], fields: [name], required: ['name'] }),
            exits: { success: 'thank', failure: 'end', person: 'end' },
          },
          thank: { node: leaf('end', { say: { en: 'Thank you, {{name}}.' } }), exits: { end: 'end' } },
        },
        { triggers: ['hello'] },
      ),
    ],
  })
const sticker = { kind: 'media', media: { type: 'sticker', id: '9' } } as const

describe('what nobody here can read', () => {
  it('is told once, is no answer, and uses up no try', async () => {
    const talk = asking()
    await talk.say('hello')
    const told = await talk.send(sticker)
    expect(told).toMatchObject({ text: expect.stringContaining('in words'), status: undefined })
    for (const kind of ['location', 'form', 'unsupported', 'unsupported'] as const)
      expect(await talk.send({ kind })).toMatchObject({ text: '', status: undefined })
    expect(await talk.say('Ana')).toMatchObject({ text: 'Thank you, Ana.', status: 'completed' })
  })

  it('starts nothing', async () => {
    expect(await asking().send({ kind: 'unsupported' })).toMatchObject({ intent: undefined, options: [] })
  })

  it('is not a file with words under it: they are the customer’s', async () => {
    const talk = asking()
    await talk.say('hello')
    expect((await talk.send({ ...sticker, text: 'Ana' })).text).toBe('Thank you, Ana.')
  })
})
