import { idleMs, type OperationOutcome } from '@copse/contracts'
import { expect, test } from 'vitest'
import { leaf, openTalk, procedure } from './testing/talk.ts'

const email = { key: 'email', title: 'email', description: 'Email address', type: 'email' as const }

/** Asks for an address, and then waits for a word. */
const news = procedure('news', {
  ask: {
    node: leaf('collect', { say: { en: 'Which address?' }, fields: [email], required: ['email'] }),
    exits: { success: 'wait', failure: 'end' },
  },
  wait: {
    node: leaf('choose', { options: [{ id: 'again', title: 'Again', exit: 'again' }] }),
    exits: { again: 'wait', failure: 'end', person: 'end' },
  },
})

test('a session waits for its customer for a day, and who writes later begins anew', async () => {
  const world = { procedures: [news], now: Date.UTC(2026, 0, 1) }
  const talk = openTalk(world)
  await talk.say('news')
  world.now += idleMs
  expect(await talk.say('ana@shop.example')).toMatchObject({ step: 'choose', outcome: undefined })
  world.now += idleMs + 1
  expect(await talk.tap('again')).toMatchObject({ status: undefined, outcome: 'idle' })
  expect(await talk.say('news')).toMatchObject({ step: 'collect', status: 'waiting' })
})

test('what the customer said in a session stays, whatever the business says of them once it knows who they are', async () => {
  const nobody: OperationOutcome = { status: 'no', code: 'not_found', reason: 'Nobody.' }
  const answers = [nobody, nobody]
  const talk = openTalk({
    procedures: [news],
    identity: 'find_me',
    operations: [
      [
        {
          name: 'find_me',
          effect: 'read',
          identity: true,
          writes: [
            { field: 'customer_id', from: 'id' },
            { field: 'email', from: 'email' },
          ],
        },
        () => answers.shift() ?? { status: 'ok', data: { id: 'CUST-1', email: 'years-ago@shop.example' } },
      ],
    ],
  })
  await talk.say('news')
  await talk.say('ana@shop.example')
  await talk.say('hm')
  expect(talk.known()).toMatchObject({ customer_id: { value: 'CUST-1' }, email: { value: 'ana@shop.example' } })
})
