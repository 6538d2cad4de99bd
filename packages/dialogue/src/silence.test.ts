import type { JsonObject } from '@copse/contracts'
import { describe, expect, it } from 'vitest'
import { leaf, openTalk, procedure } from './testing/talk.ts'

const minuteMs = 60_000
const nudge = { afterMs: 10 * minuteMs, say: { en: 'Still there?', es: '¿Sigue ahí?' } }
const leave = { afterMs: 60 * minuteMs, exit: 'silence' }
const order = { key: 'order_id', title: 'order number', type: 'string' }

/** Asks for an order, then for a choice; a person takes over from who says nothing. */
function open(silence: JsonObject[], language?: string) {
  const person = leaf('handoff', { reason: 'silence', say: { en: 'A colleague will write to you.' } })
  const world = {
    now: 0,
    ...(language === undefined ? {} : { language }),
    procedures: [
      procedure('help', {
        which: {
          node: leaf('collect', { fields: [order], required: ['order_id'], say: { en: 'Which order?' }, silence }),
          exits: { success: 'what', silence: 'person' },
        },
        what: {
          node: leaf('choose', {
            options: [
              { id: 'a', title: 'Return it', exit: 'a' },
              { id: 'b', title: 'Keep it', exit: 'a' },
            ],
            silence,
          }),
          exits: { a: 'done', silence: 'person' },
        },
        person: { node: person, exits: { success: 'end' } },
        done: { node: leaf('end', { say: { en: 'Done.' } }), exits: { success: 'end' } },
      }),
    ],
  }
  return { world, talk: openTalk(world) }
}

describe('a customer who says nothing', () => {
  it('is nudged once, and then a person is told', async () => {
    const { talk } = open([nudge, leave])
    await talk.say('help')
    expect(talk.timer()).toMatchObject({ when: { at: 10 * minuteMs } })
    expect(await talk.ring()).toMatchObject({ text: 'Still there?', status: 'waiting', step: 'collect', handoffs: [] })
    expect(talk.timer()).toMatchObject({ when: { at: 60 * minuteMs } })
    expect(await talk.ring()).toMatchObject({
      text: 'A colleague will write to you.',
      status: 'escalated',
      handoffs: [{ reason: 'silence' }],
    })
    expect(talk.timer()).toBeUndefined()
  })

  it('is nudged in their own language, with the options once more', async () => {
    const { talk } = open([nudge], 'es')
    await talk.say('help')
    await talk.say('ORD-77')
    expect(await talk.ring()).toMatchObject({ text: '¿Sigue ahí?', options: ['Return it', 'Keep it'] })
    expect(await talk.say('2')).toMatchObject({ text: 'Done.', status: 'completed' })
  })

  it('who answers starts it anew, and may fall silent again', async () => {
    const { talk, world } = open([nudge, leave])
    await talk.say('help')
    await talk.ring()
    world.now += minuteMs
    expect(await talk.say('the blue one')).toMatchObject({ status: 'waiting', step: 'collect' })
    expect(talk.timer()).toMatchObject({ when: { at: 21 * minuteMs } })
    expect(await talk.ring()).toMatchObject({ text: 'Still there?' })
    world.now += minuteMs
    expect(await talk.say('ORD-77')).toMatchObject({ status: 'waiting', step: 'choose' })
    expect(await talk.ring()).toMatchObject({ text: 'Still there?', step: 'choose' })
  })

  it('is not nudged who answers late, though nobody rang in time', async () => {
    const { talk, world } = open([nudge, leave])
    await talk.say('help')
    world.now = 3 * 60 * minuteMs
    expect(await talk.say('it is ORD-77')).toMatchObject({ status: 'waiting', step: 'choose', handoffs: [] })
  })

  it('is nudged late when nobody rang in time, and what comes next keeps its distance', async () => {
    const { talk } = open([nudge, leave])
    await talk.say('help')
    expect(await talk.ring({ lateMs: 5 * 60 * minuteMs })).toMatchObject({ text: 'Still there?' })
    expect(talk.timer()).toMatchObject({ when: { at: 5 * 60 * minuteMs + 60 * minuteMs } })
  })

  it('is not nudged by a timer of before their answer; the trace says so', async () => {
    const { talk, world } = open([nudge, leave])
    await talk.say('help')
    const stale = talk.timer()!
    world.now = 9 * minuteMs
    await talk.say('ORD-77')
    expect(await talk.ring({ stale })).toMatchObject({ text: '', unchanged: 'nothing_due' })
    await talk.say('Return it')
    expect(await talk.ring({ stale })).toMatchObject({ text: '', unchanged: 'session_over', status: undefined })
  })

  it('for a day leaves a session that ends as idle, without a word', async () => {
    const { talk, world } = open([])
    await talk.say('help')
    const stale = talk.timer()!
    world.now = 60 * minuteMs
    await talk.say('the blue one')
    expect(await talk.ring({ stale })).toMatchObject({ text: '', unchanged: 'nothing_due' })
    expect(talk.timer()).toMatchObject({ when: { at: 25 * 60 * minuteMs } })
    expect(await talk.ring()).toMatchObject({ text: '', unchanged: 'idle', outcome: 'idle' })
  })
})
