import { expect, test } from 'vitest'
import { checkSteps, codesOf } from './testing/checking.ts'

const booking = (compensate: string, takeBack: string): string => `- id: ask
  action: collect_info
  say: Which order?
  extract_fields: [{key: order_id, title: order number, description: Order number, examples: [ORD-1]}]
  required_fields: [order_id]
  next_step: find
  on_failure: handoff
- id: find
  action: tool_call
  tools: [{name: lookup_order, arg_mappings: [{param: order_id, source: order_id}]}]
  on_success: pay
- id: pay
  action: tool_call
  tools: [{name: issue_refund, arg_mappings: [{param: order_id, source: order_data.order_id}], result_key: paid}]
  ${compensate}
  on_success: ask_more
- id: ask_more
  action: inform
  say: Is that all?
  options: [{label: "Yes", next_step: end}]
${takeBack}`
const takeBack = (source: string): string => `- id: take_back
  action: tool_call
  tools: [{name: issue_store_credit, arg_mappings: [{param: order_id, source: ${source}}]}]
`

test('ways for corrections raise no alarm, and cost no states', () => {
  const { findings, explored } = checkSteps(booking('', ''))
  expect(findings).toEqual([])
  expect(explored).toMatchObject({ exhaustive: true, states: 4 })
})

test('a step that takes something back is reached by the correction, and knows what was known then', () => {
  expect(codesOf(checkSteps(booking('compensate: take_back', takeBack('paid.order_id'))))).toEqual([])
})

test('one that reads what nobody has written by then is found, with the conversation that gets there', () => {
  const steps = booking('compensate: take_back', takeBack('later.number')).replace(
    '- id: ask_more',
    `- id: never
  action: tool_call
  tools: [{name: lookup_order, arg_mappings: [{param: order_id, source: order_id}], result_key: later}]
  next_step: end
- id: ask_more`,
  )
  const { findings } = checkSteps(steps)
  const found = findings.find(({ code }) => code === 'read_before_write')
  expect(found?.message).toContain('take_back')
  expect(found?.why.at(-1)).toBe('customer corrects what that was done with')
})
