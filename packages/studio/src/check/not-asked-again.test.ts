import { expect, test } from 'vitest'
import { checkSteps, codesOf } from './testing/checking.ts'

const ask = `- id: ask
  action: collect_info
  say: Which order?
  extract_fields: [{key: order_id, title: order number, examples: [ORD-1]}]
  required_fields: [order_id]
  next_step: next
  on_failure: handoff
`
const next = (target: string) => ask.replace('next_step: next', `next_step: ${target}`)
const find = (onUnavailable: string) => `- id: find
  action: tool_call
  tools: [{name: lookup_order, arg_mappings: [{param: order_id, source: order_id}]}]
  on_success: tell
  on_failure: tell
  on_unavailable: ${onUnavailable}
`
const offer = (id: string, target: string) => `- id: ${id}
  action: inform
  say: Another one?
  options:
    - {label: Another one, next_step: ${target}}
    - {label: "No", next_step: end}
`

test('a choice that leads back to a question whose answer is known is told with the way to it', () => {
  for (const steps of [next('tell') + offer('tell', 'ask'), next('find') + find('handoff') + offer('tell', 'ask')])
    expect(checkSteps(steps).findings).toMatchObject([
      {
        code: 'not_asked_again',
        severity: 'warning',
        message: expect.stringContaining('Who chooses "Another one" in "tell" comes to "ask"'),
        why: expect.arrayContaining(['customer chooses "Another one"']),
      },
    ])
})

test('so is a no to what was read back', () => {
  const review = (more: string) => `- id: tell\n  action: confirm\n${more}  next_step: end\n`
  expect(codesOf(checkSteps(next('tell') + review('  on_no: ask\n')))).toEqual(['not_asked_again'])
  expect(codesOf(checkSteps(next('tell') + review('')))).toEqual([])
})

test('what is asked anew after a no, or tried again what could not be reached, goes no such round', () => {
  const refused = find('handoff')
    .replace('on_failure: tell', 'on_failure: sorry')
    .replace('on_success: tell', 'on_success: end')
  expect(codesOf(checkSteps(next('find') + refused + offer('sorry', 'ask')))).toEqual([])
  const away = find('later').replaceAll(': tell', ': end')
  expect(codesOf(checkSteps(next('find') + away + offer('later', 'ask')))).toEqual([])
})

test('nor does a choice that leads on past what is known already', () => {
  const on = next('end').replace('id: ask', 'id: again')
  expect(codesOf(checkSteps(next('tell') + offer('tell', 'again') + on))).toEqual([])
})
