import type { JsonObject, OperationOutcome } from '@copse/contracts'
import { describe, expect, it } from 'vitest'
import { leaf, openTalk, procedure } from './testing/talk.ts'

const open = (find: (args: JsonObject) => OperationOutcome, identity = true) =>
  openTalk({
    identity: 'find_me',
    operations: [
      [{ name: 'find_me', effect: 'read', identity, writes: [{ field: 'customer_id', from: 'id' }] }, find],
      [
        {
          name: 'orders',
          effect: 'read',
          customer: 'customer_id',
          params: { customer_id: { type: 'string', required: true } },
          writes: [{ field: 'customer_id', from: 'owner' }],
          summary: { en: { ok: 'Orders of {{customer_id}}.' } },
        },
        ({ customer_id }) => ({ status: 'ok', data: { customer_id: customer_id ?? null, owner: 'somebody-else' } }),
      ],
    ],
    procedures: [
      procedure('help', {
        look: {
          node: leaf('call', { operation: 'orders', arguments: [{ param: 'customer_id', value: 'CUST-EVIL' }] }),
          exits: { success: 'wait', unavailable: 'down', not_identified: 'unknown' },
        },
        wait: {
          node: leaf('choose', { options: [{ id: 'again', title: 'Again', exit: 'again' }] }),
          exits: { again: 'look', failure: 'end', person: 'end' },
        },
        down: { node: leaf('end', { say: { en: 'Not reachable.' } }), exits: { end: 'end' } },
        unknown: { node: leaf('end', { say: { en: 'Who are you?' } }), exits: { end: 'end' } },
      }),
    ],
  })

describe('who the customer is', () => {
  it('comes from the identity operation, asked with the alias of the channel, once', async () => {
    const asked: JsonObject[] = []
    const talk = open((args) => {
      asked.push(args)
      return { status: 'ok', data: { id: 'CUST-1' } }
    })
    expect((await talk.say('help')).text).toContain('Orders of CUST-1.')
    expect(asked).toEqual([{ alias: 'ann', channel: 'test' }])
  })

  it('is given to every call that needs it, whatever the author or an earlier result says', async () => {
    const talk = open(() => ({ status: 'ok', data: { id: 'CUST-1' } }))
    await talk.say('help')
    expect((await talk.tap('again')).text).toContain('Orders of CUST-1.')
    expect(talk.effects.filter(({ name }) => name === 'orders').map(({ args }) => args)).toEqual([
      { customer_id: 'CUST-1' },
      { customer_id: 'CUST-1' },
    ])
  })

  it('stays who it is, though a later answer names somebody else', async () => {
    const ids = ['CUST-1', 'CUST-2']
    const asked: JsonObject[] = []
    const talk = open((args) => {
      asked.push(args)
      return { status: 'ok', data: { id: ids.shift() ?? null } }
    })
    await talk.say('help')
    expect((await talk.say('a person, please')).status).not.toBe('waiting')
    expect((await talk.say('help')).text).toContain('Orders of CUST-1.')
    expect(asked).toHaveLength(2)
  })

  it('is told by no operation that is not marked for it', async () => {
    const talk = open(() => ({ status: 'ok', data: { id: 'CUST-1' } }), false)
    expect((await talk.say('help')).text).toBe('Who are you?')
    expect(talk.effects).toEqual([])
  })

  it('may be unknown, which is a no', async () => {
    const talk = open(() => ({ status: 'no', code: 'not_found', reason: 'Nobody.' }))
    expect((await talk.say('help')).text).toBe('Who are you?')
  })

  it('may be out of reach, which is not a no', async () => {
    const talk = open(() => ({ status: 'unavailable', code: 'timeout', reason: 'Down.' }))
    const turn = await talk.say('help')
    expect(turn.text).toBe('Not reachable.')
    expect(turn.failures[0]).toContain('find_me is unavailable, timeout: Down.')
  })

  it('is not what an answer without an id says', async () => {
    const talk = open(() => ({ status: 'ok', data: { id: null } }))
    expect((await talk.say('help')).text).toBe('Who are you?')
  })
})

it('is told to an operation by contact, too, whatever the author or the customer says', async () => {
  const asked: JsonObject[] = []
  const talk = openTalk({
    operations: [
      [
        {
          name: 'visits',
          effect: 'read',
          contact: 'contact_id',
          params: { contact_id: { type: 'string', required: true, source: 'contact_id' } },
        },
        (args) => {
          asked.push(args)
          return { status: 'ok', data: { contact_id: 'somebody-else' } }
        },
      ],
    ],
    procedures: [
      procedure('help', {
        look: {
          node: leaf('call', { operation: 'visits', arguments: [{ param: 'contact_id', value: 'somebody-else' }] }),
          exits: { success: 'end' },
        },
      }),
    ],
  })
  await talk.say('help')
  expect(asked).toEqual([{ contact_id: 'c' }])
})
