import type { JsonObject } from '@copse/contracts'
import { describe, expect, it } from 'vitest'
import { talkTo } from '../testing/compiled.ts'

const procedure = `copse: 1
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
const open = (confirm: string) => {
  const done: JsonObject[] = []
  const talk = talkTo(
    procedure,
    [
      [
        {
          name: 'act',
          effect: 'idempotent',
          confirm: true,
          params: { day: { type: 'string', required: true } },
          summary: { en: { ok: 'Done for {{day}}.', confirm } },
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

  it('may repeat that something is to be cancelled', async () => {
    const { talk, done } = open('I would cancel your table on {{day}}. Shall I?')
    await talk.say('table')
    await talk.say('2026-12-24')
    await talk.say('yes, go ahead and cancel it')
    expect(done).toEqual([{ day: '2026-12-24' }])
  })
})
