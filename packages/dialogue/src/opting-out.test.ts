import { expect, it } from 'vitest'
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

it('confirms that the customer will hear no more, and takes it for no answer', async () => {
  const talk = asking()
  await talk.say('hello')
  const confirmed = await talk.send({ kind: 'text', text: 'STOP', consent: 'out' })
  expect(confirmed).toMatchObject({ text: expect.stringContaining('no more messages'), status: undefined })
  expect(await talk.say('Ana')).toMatchObject({ text: 'Thank you, Ana.', status: 'completed' })
})

it('reads a word that lets us write again as any other', async () => {
  expect((await asking().send({ kind: 'text', text: 'hello', consent: 'in' })).text).toBe('Name?')
})

it('puts the open question once more to who comes back, however often, and takes the word for no answer', async () => {
  const talk = asking()
  await talk.say('hello')
  await talk.send({ kind: 'text', text: 'STOP', consent: 'out' })
  for (let times = 0; times < 4; times++)
    expect(await talk.send({ kind: 'text', text: 'START', consent: 'in' })).toMatchObject({ text: 'Name?' })
  expect(await talk.say('Ana')).toMatchObject({ text: 'Thank you, Ana.', status: 'completed' })
})

it('leaves a word that lets us write again to a question that it answers', async () => {
  const urgent = [
    { id: 'alta', title: 'Alta', exit: 'alta' },
    { id: 'baja', title: 'Poca', exit: 'end' },
  ]
  const talk = openTalk({
    procedures: [
      procedure(
        'fault',
        {
          how: { node: leaf('choose', { options: urgent }), exits: { alta: 'soon', failure: 'end', person: 'end' } },
          soon: { node: leaf('end', { say: { en: 'Today.' } }), exits: { end: 'end' } },
        },
        { triggers: ['hello'] },
      ),
    ],
  })
  await talk.say('hello')
  expect((await talk.send({ kind: 'text', text: 'Alta', consent: 'in' })).text).toBe('Today.')
})
