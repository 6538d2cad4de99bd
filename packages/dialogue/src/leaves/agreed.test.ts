import type { JsonObject } from '@copse/contracts'
import { describe, expect, it } from 'vitest'
import { talkTo } from '../testing/compiled.ts'

const table = `copse: 1
procedure:
  id: table
  triggers: [table]
  steps:
    - id: ask_day
      action: collect_info
      say: {en: On which day?}
      extract_fields: [{key: day, title: day, type: date}]
      required_fields: [day]
      next_step: act
    - id: act
      action: tool_call
      confirm: true
      tools: [{name: act, arg_mappings: [{param: day, source: day}]}]
      next_step: done
    - {id: done, action: end, say: {en: Bye.}}
`
const refund = `copse: 1
procedure:
  id: refund
  triggers: [refund]
  steps:
    - id: ask
      action: collect_info
      say: {en: 'Which order, and when did you buy it?'}
      extract_fields:
        - {key: order_id, title: order number, type: string, pattern: '^ORD-[0-9]+$'}
        - {key: bought, title: day of purchase, type: date, max: today}
      required_fields: [order_id, bought]
      next_step: act
    - id: act
      action: tool_call
      confirm: true
      tools: [{name: act, arg_mappings: [{param: order_id, source: order_id}]}]
      next_step: done
    - {id: done, action: end, say: {en: Bye.}}
`
const open = (confirm: string, source = table, param = source === table ? 'day' : 'order_id') => {
  const done: JsonObject[] = []
  const talk = talkTo(
    source,
    [
      [
        {
          name: 'act',
          effect: 'idempotent',
          confirm: true,
          params: { [param]: { type: 'string', required: true } },
          summary: { en: { ok: 'Done.', confirm } },
        },
        (args) => {
          done.push(args)
          return { status: 'ok', data: {} }
        },
      ],
    ],
    { now: Date.UTC(2026, 10, 20, 12) },
  )
  return { talk, done }
}

describe('a yes before something is done', () => {
  it.each(['yes, tomorrow', 'ok 2026-11-21', 'no, tomorrow', 'nope, tomorrow instead', 'no, on 2026-11-21 please'])(
    'does not agree to another value than the one it is said beside: «%s»',
    async (text) => {
      const { talk, done } = open('I would book {{day}}. Shall I?')
      await talk.say('table')
      await talk.say('2026-12-24')
      expect(await talk.say(text)).toMatchObject({ text: expect.stringMatching(/I would book 2026-11-21. Shall I\?$/) })
      expect(done).toEqual([])
      await talk.say('yes')
      expect(done).toEqual([{ day: '2026-11-21' }])
    },
  )

  it.each(['yes', 'yes, 2026-12-24', 'vale, gracias'])('agrees beside what is known: «%s»', async (text) => {
    const { talk, done } = open('I would book {{day}}. Shall I?')
    await talk.say('table')
    await talk.say('2026-12-24')
    await talk.say(text)
    expect(done).toEqual([{ day: '2026-12-24' }])
  })

  it.each(['yes please, today', 'yes, I need it by tomorrow', 'yes, before friday please'])(
    'changes no day that was not spoken of: «%s»',
    async (text) => {
      const { talk, done } = open('I would refund order {{order_id}}. Shall I?', refund)
      await talk.say('refund')
      await talk.say('ORD-12, bought on 2026-11-02')
      await talk.say(text)
      expect(done).toEqual([{ order_id: 'ORD-12' }])
    },
  )

  it('may repeat that something is to be cancelled', async () => {
    const { talk, done } = open('I would cancel your table on {{day}}. Shall I?')
    await talk.say('table')
    await talk.say('2026-12-24')
    await talk.say('yes, go ahead and cancel it')
    expect(done).toEqual([{ day: '2026-12-24' }])
  })
})
