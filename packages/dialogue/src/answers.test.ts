import type { JsonObject } from '@copse/contracts'
import { describe, expect, it, test } from 'vitest'
import { leaf, openTalk, procedure, sequence } from './testing/talk.ts'

const dayMs = 24 * 3_600_000
const operations = [
  [
    {
      name: 'ask_boss',
      effect: 'idempotent' as const,
      summary: {},
      params: { callback: { type: 'string' as const, required: true } },
    },
    () => ({ status: 'ok' as const, data: {} }),
  ],
] satisfies Parameters<typeof openTalk>[0]['operations']

/** Asks somebody outside, waits for what they say, and says it. */
function open(kind: 'approval' | 'job' = 'approval') {
  const waits: JsonObject = { op: 'wait', name: 'wait', config: { kind, keyFrom: '_boss.id' } }
  const procedures = [
    procedure('raise', {
      ask: {
        node: sequence(
          leaf('link', { answers: kind, key: '_boss', forMs: 7 * dayMs }),
          leaf('call', { operation: 'ask_boss', arguments: [{ param: 'callback', source: '_boss.url' }] }),
          leaf('say', { say: { en: 'I am asking.', es: 'Lo pregunto.' } }),
          waits,
        ),
        exits: { success: 'tell', failure: 'tell' },
      },
      tell: { node: leaf('end', { say: { en: 'It is decided.', es: 'Está decidido.' } }), exits: { success: 'end' } },
    }),
  ]
  const world = { procedures, operations, now: 1_000, language: 'es' }
  return { world, talk: openTalk(world) }
}

describe.each(['approval', 'job'] as const)('an answer to one %s', (kind) => {
  it('is asked for with an address of its own, and goes on when it is answered there', async () => {
    const { talk } = open(kind)
    expect(await talk.say('raise')).toMatchObject({ text: 'Lo pregunto.', status: 'waiting' })
    const [link] = talk.minted
    expect(link).toMatchObject({ kind, until: 1_000 + 7 * dayMs, channel: 'test', alias: 'ann', language: 'es' })
    expect(talk.effects.at(-1)?.args).toMatchObject({ callback: `https://shop.example/${kind}s/${link!.id}` })
    expect(await talk.answer(link!, { approved: true })).toMatchObject({ status: 'completed' })
  })

  it('for something else, or for a session that is over, changes nothing and says nothing', async () => {
    const { talk } = open(kind)
    await talk.say('raise')
    const [link] = talk.minted
    expect(await talk.answer({ ...link!, id: 'other' })).toMatchObject({ text: '', unchanged: 'nothing_due' })
    expect(await talk.answer({ ...link!, sessionId: 'other' })).toMatchObject({ text: '', unchanged: 'session_over' })
    await talk.answer(link!)
    expect(await talk.answer(link!)).toMatchObject({ text: '', unchanged: 'session_over', status: undefined })
  })
})

test('a customer who writes meanwhile hears that it is in hand, and days later it still is', async () => {
  const { talk, world } = open()
  await talk.say('raise')
  expect(await talk.say('and?')).toMatchObject({ text: expect.stringMatching(/^Seguimos/), status: 'waiting' })
  expect(talk.timer()).toBeUndefined()
  world.now += 3 * dayMs
  expect(await talk.say('hello?')).toMatchObject({ text: expect.stringMatching(/^Seguimos/), status: 'waiting' })
  expect(await talk.answer(talk.minted[0]!)).toMatchObject({ status: 'completed' })
})
