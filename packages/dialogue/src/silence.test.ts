import type { JsonObject } from '@copse/contracts'
import { openingHours, type OpeningHours } from '@copse/time'
import { describe, expect, it } from 'vitest'
import { leaf, openTalk, procedure } from './testing/talk.ts'

const minuteMs = 60_000
const nudge = { afterMs: 10 * minuteMs, say: { en: 'Still there?', es: '¿Sigue ahí?' } }
const leave = { afterMs: 60 * minuteMs, exit: 'silence' }
const order = { key: 'order_id', title: 'order number', type: 'string' }

const hours = openingHours.parse({
  week: Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => [day, [{ from: '09:00', to: '18:00' }]])),
})
const friday = (hour: number, minute = 0) => Date.UTC(2026, 9, 23, hour, minute)
const monday = (hour: number, minute = 0) => Date.UTC(2026, 9, 26, hour, minute)
const byDay = (entry: JsonObject): JsonObject => ({ ...entry, during: 'opening_hours' })

/** Asks for an order, then for a choice; a person takes over from who says nothing. */
function open(silence: JsonObject[], language?: string, more: { now?: number; hours?: OpeningHours } = {}) {
  const person = leaf('handoff', { reason: 'silence', say: { en: 'A colleague will write to you.' } })
  const world = {
    now: 0,
    ...more,
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

  it('is heard until the time comes that an author set for longer than a day', async () => {
    const { talk, world } = open([{ ...nudge, afterMs: 48 * 60 * minuteMs }])
    await talk.say('help')
    world.now = 30 * 60 * minuteMs
    expect(await talk.say('ORD-77')).toMatchObject({ step: 'choose' })
    const weekend = open([byDay(nudge)], undefined, { now: friday(18), hours })
    await weekend.talk.say('help')
    weekend.world.now = friday(18) + 26 * 60 * minuteMs
    expect(await weekend.talk.say('ORD-77')).toMatchObject({ step: 'choose' })
  })

  it('at night is nudged when it opens, and what comes next keeps its distance', async () => {
    const { talk } = open([byDay(nudge), byDay(leave)], undefined, { now: friday(17, 55), hours })
    await talk.say('help')
    expect(talk.timer()).toMatchObject({ when: { at: monday(9) } })
    expect(await talk.ring()).toMatchObject({ text: 'Still there?', status: 'waiting' })
    expect(talk.timer()).toMatchObject({ when: { at: monday(9, 50) } })
    expect(await talk.ring()).toMatchObject({ status: 'escalated', handoffs: [{ reason: 'silence' }] })
  })

  it('by day is nudged as soon as anybody, and where nothing is said of the hours at night as well', async () => {
    const byHours = open([byDay(nudge)], undefined, { now: friday(17), hours })
    await byHours.talk.say('help')
    expect(byHours.talk.timer()).toMatchObject({ when: { at: friday(17, 10) } })
    const always = open([byDay(nudge)], undefined, { now: friday(23) })
    await always.talk.say('help')
    expect(always.talk.timer()).toMatchObject({ when: { at: friday(23, 10) } })
  })

  it('is not woken by a timer that rings so late that it is night: it waits until it opens, without a word', async () => {
    const { talk } = open([byDay(nudge)], undefined, { now: friday(17), hours })
    await talk.say('help')
    await talk.say('the blue one')
    const hourMs = 60 * minuteMs
    expect(await talk.ring({ lateMs: 3 * hourMs })).toMatchObject({ text: '', options: [], status: 'waiting' })
    expect(talk.timer()).toMatchObject({ when: { at: monday(9) } })
    expect(await talk.ring()).toMatchObject({ text: 'Still there?' })
    expect(await talk.say('ORD-77')).toMatchObject({ step: 'choose', options: ['Return it', 'Keep it'] })
    expect(await talk.ring({ lateMs: 12 * hourMs })).toMatchObject({ text: '', options: [], status: 'waiting' })
    expect(await talk.say('2')).toMatchObject({ text: 'Done.' })
  })

  it('of a tenant that never opens is left alone', async () => {
    const { talk, world } = open([byDay(nudge)], undefined, { now: 0, hours: openingHours.parse({}) })
    await talk.say('help')
    expect(talk.timer()).toMatchObject({ when: { at: world.now + 24 * 60 * minuteMs }, data: { idle: true } })
  })
})
