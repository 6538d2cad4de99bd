import { describe, expect, it } from 'vitest'
import { talkTo } from '../testing/flow-talk.ts'

const procedure = (more: string) => `
copse: 1
procedure:
  id: help
  triggers: [help]
  steps:
    - id: ask
      action: collect_info
      extract_fields: [{key: order_id, examples: [ORD-1, ORD-22]}]
      required_fields: [order_id]
      next_step: pass
    - {id: pass, action: handoff, ${more}}
`

describe('passing a case to a person', () => {
  it('tells the customer, and the person what the author wrote with the fields that were named', async () => {
    const talk = talkTo(
      procedure(`say: "A colleague looks at {{order_id}}.", summary: "Look at {{order_id}}.", data: [order_id]`),
      [],
    )
    expect(await talk.say('help with ORD-5')).toMatchObject({
      text: 'A colleague looks at ORD-5.',
      status: 'escalated',
      handoffs: [{ reason: 'handoff', summary: 'Look at ORD-5.', data: { order_id: 'ORD-5' } }],
    })
  })

  it('passes on everything that is known unless fields are named, and is never silent', async () => {
    const heard = await talkTo(procedure('reason: broken'), []).say('help with ORD-5')
    expect(heard.text).not.toBe('')
    expect(heard.handoffs).toMatchObject([{ reason: 'broken' }])
    expect(heard.handoffs[0]?.data).toMatchObject({ order_id: 'ORD-5', case_id: expect.stringMatching(/^CASE-/) })
  })
})
