import { expect, test } from 'vitest'
import { codesOf, configOf, exitsOf, ours } from '../testing/compiled.ts'

const steps = (more: string, collects = true) => `${
  collects
    ? `
- id: ask
  action: collect_info
  extract_fields: [{key: order_id}, {key: reason, type: text}]
  required_fields: [order_id]
  next_step: check`
    : ''
}
- id: check
  action: confirm
  next_step: end
  ${more}`

test('reads back everything that is asked for, unless it names fields', () => {
  expect(configOf(ours(steps('')), 'check', 'review')['fields']).toMatchObject([{ key: 'order_id' }, { key: 'reason' }])
  expect(configOf(ours(steps('fields: [reason]')), 'check', 'review')['fields']).toMatchObject([{ key: 'reason' }])
})

test('a plain no leads where the author says, else it asks what is wrong', () => {
  expect(exitsOf(ours(steps('')), 'check')).toMatchObject({ success: 'end', failure: '$handoff', person: '$person' })
  expect(exitsOf(ours(steps('on_no: ask')), 'check')).toMatchObject({ no: 'ask' })
})

test('a field that nobody asks for cannot be read back, and neither can nothing', () => {
  const { diagnostics } = ours(steps('fields: [order_nr]'))
  expect(diagnostics).toMatchObject([{ code: 'not_collected', line: 15, column: 14 }])
  expect(codesOf(ours(steps('', false)))).toEqual(['nothing_to_confirm'])
})

test('its yes is the yes that an operation about money needs', () => {
  const model = `
- id: start
  action: evaluate
  conditions: [{condition: customer_name == x, next_step: ask}]
  classify: {labels: [{id: pay, description: wants money, next_step: ask}]}
  else: end`
  const pay = `
- id: pay
  action: tool_call
  tools: [{name: issue_refund, arg_mappings: [{param: order_id, source: order_id}]}]
  on_success: end`
  const through = (middle: string) => ours(model + middle + pay)
  expect(through(steps('').replace('next_step: end', 'next_step: pay')).ok).toBe(true)
  expect(codesOf(through(steps('').replace('next_step: check', 'next_step: pay')))).toContain('confirm_missing')
})
