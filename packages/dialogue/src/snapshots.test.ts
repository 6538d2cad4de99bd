import { describe, expect, it } from 'vitest'
import { leaf, openTalk, procedure } from './testing/talk.ts'

const order = { key: 'order_id', title: 'order number', description: 'Order number', examples: ['ORD-123'] }

async function waiting() {
  const talk = openTalk({
    procedures: [
      procedure('help', {
        ask: {
          node: leaf('collect', { say: { en: 'Which?' }, triggers: ['help'], fields: [order], required: ['order_id'] }),
          exits: { success: 'done' },
        },
        done: { node: leaf('end', { say: { en: 'It is {{order_id}}.' } }), exits: { end: 'end' } },
      }),
    ],
  })
  await talk.say('help')
  return talk
}

describe('a stored snapshot', () => {
  it('goes on where it was', async () => {
    expect((await (await waiting()).say('ORD-7')).text).toBe('It is ORD-7.')
  })

  it('that cannot be continued is a fault by which the lane knows that the session is lost', async () => {
    const talk = await waiting()
    talk.edit((snapshot) => ({ ...snapshot, waits: [] }))
    await expect(talk.say('ORD-7')).rejects.toMatchObject({ name: 'Fault', code: 'snapshot_invalid' })
    talk.edit(() => 'gone')
    await expect(talk.say('ORD-7')).rejects.toMatchObject({ name: 'Fault', code: 'snapshot_invalid' })
  })

  it('of a newer version is refused as such, so that the session can wait for it', async () => {
    const talk = await waiting()
    talk.edit((snapshot) => ({ ...snapshot, v: 2 }))
    await expect(talk.say('ORD-7')).rejects.toMatchObject({ name: 'Fault', code: 'snapshot_newer' })
  })
})
