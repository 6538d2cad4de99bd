import { expect, it } from 'vitest'
import { talkTo } from '../testing/flow-talk.ts'

const open = () =>
  talkTo(
    `
copse: 1
procedure:
  id: fee
  triggers: [fee]
  steps:
    - id: ask
      action: collect_info
      say: How much?
      extract_fields: [{key: total, type: amount}]
      required_fields: [total]
      next_step: decide
    - id: decide
      action: decide
      on_none: none
      next_step: done
      table:
        hit_policy: unique
        inputs: [{name: total, type: number}]
        outputs: [{name: fee, type: number}, {name: note, type: text}]
        rules: |
          total     || fee         | note
          ----------||-------------|---------
          >= 50     || 0           | free
          [20..50)  || total * 0.1 | a tenth
          [40..60)  || 1           | never
    - {id: none, action: end, say: No rule.}
    - {id: done, action: end, say: "{{fee}}: {{note}}."}
`,
    [],
  )

it('writes what a table decides, and says in the trace which rules fired', async () => {
  const heard = await open().say('fee for $30')
  expect(heard).toMatchObject({ text: '3: a tenth.', decided: { table: 'match' } })
})

it('leads on where no rule matches', async () => {
  expect(await open().say('fee for $10')).toMatchObject({ text: 'No rule.', decided: { table: 'none' } })
})

it('gives a case that two rules claim to a person', async () => {
  const heard = await open().say('fee for $45')
  expect(heard).toMatchObject({ status: 'escalated', decided: { table: 'violation' } })
  expect(heard.handoffs[0]?.summary).toContain('violation')
})
