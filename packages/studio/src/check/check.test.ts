import { expect, test } from 'vitest'
import { check, checkSteps, codesOf } from './testing/checking.ts'

const find = (onSuccess: string, onFailure = 'handoff'): string => `- id: ask
  action: collect_info
  say: Which order?
  extract_fields: [{key: order_id, title: order number, description: Order number, examples: [ORD-1]}]
  required_fields: [order_id]
  next_step: find
  on_failure: handoff
- id: find
  action: tool_call
  tools:
    - name: lookup_order
      arg_mappings: [{param: order_id, source: order_id}]
  on_success: ${onSuccess}
  on_failure: ${onFailure}
`
const offer = (next: string): string => `- id: offer
  action: inform
  say: Pay it back?
  options:
    - {label: "Yes", next_step: ${next}}
    - {label: "No", next_step: end}
`
const decide = (conditions: string): string => `- id: decide
  action: evaluate
  conditions:
${conditions}
  else: end
`

test('the conversation that gets there is the shortest, and told as it goes', () => {
  const steps = find('decide') + decide('    - {condition: order_data.status == lost, next_step: sorry}')
  const { findings } = checkSteps(`${steps}- id: sorry
  action: inform
  say: It is lost. Try again?
  options: [{label: Again, next_step: sorry}]
`)
  expect(findings).toMatchObject([
    {
      code: 'dead_end',
      severity: 'error',
      why: [
        'customer writes "hello"',
        'the message already holds the order number',
        'lookup_order answers: yes',
        'decide: order_data.status is lost',
      ],
    },
  ])
})

test('a question again after a no is no circle: what was refused is asked for anew', () => {
  const { findings, explored } = checkSteps(find('end', 'ask'))
  expect(findings).toEqual([])
  expect(explored?.worst).toMatchObject({ repliesPerConversation: null, messagesPerTurn: 1 })
})

test('an exception before the rule is no overlap, nor are two branches with one target', () => {
  const exception = decide(`    - {condition: order_data.status == lost and order_data.total > 100, next_step: handoff}
    - {condition: order_data.status == lost, next_step: done}`)
  const sameTarget = decide(`    - {condition: order_data.total > 100, next_step: done}
    - {condition: order_data.status == lost, next_step: done}`)
  const done = '- id: done\n  action: end\n  say: Goodbye.\n'
  expect(codesOf(checkSteps(find('decide') + exception + done))).toEqual([])
  expect(codesOf(checkSteps(find('decide') + sameTarget + done))).toEqual([])
})

test('a write with a natural key, or after a yes each time, is not done twice by mistake', () => {
  const pay = (more: string): string => `- id: pay
  action: tool_call
${more}  on_success: offer
  on_failure: handoff
`
  const refund = `  tools: [{name: issue_refund, arg_mappings: [{param: order_id, source: order_id}]}]\n`
  const note = `  tools: [{name: add_case_note, arg_mappings: [{param: case_id, source: case_id}], fixed_args: {note: Paid}}]\n`
  expect(codesOf(checkSteps(find('offer') + offer('pay') + pay(refund)))).toEqual([])
  expect(codesOf(checkSteps(find('offer') + offer('pay') + pay(note)))).toEqual(['effect_repeats'])
  expect(codesOf(checkSteps(find('offer') + offer('pay') + pay(`  confirm: true\n${note}`)))).toEqual([])
})

test('an argument that need not be given is not missed, one on no way known is', () => {
  const search = `- id: ask
  action: collect_info
  say: Which shop, or which item?
  extract_fields:
    - {key: shop, title: shop, description: Shop, examples: [TechMart]}
    - {key: item, title: item, description: Item, examples: [headphones]}
  required_any: [shop, item]
  next_step: find
  on_failure: handoff
- id: find
  action: tool_call
  tools:
    - name: search_orders
      arg_mappings: [{param: merchant_name, source: shop}, {param: item_description, source: item}]
  on_success: end
  on_failure: handoff
`
  expect(codesOf(checkSteps(search))).toEqual([])
})

test('what a conversation can cost is counted to the last try', () => {
  const { explored } = checkSteps(find('offer') + offer('end'))
  // Three replies for the order, three for the option; each of them may be put to a model, and each missed try be worded by one.
  expect(explored).toMatchObject({
    exhaustive: true,
    worst: { modelCallsPerTurn: 2, messagesPerTurn: 1, repliesPerConversation: 6, messagesPerConversation: 7 },
  })
})

test('a model that answers nothing, and a customer who says nothing, are ways like any other', () => {
  const { findings } = checkSteps(`- id: ask
  action: collect_info
  say: What happened?
  extract_fields: [{key: story, type: text, title: story, description: What happened}]
  required_fields: [story]
  next_step: kind
  on_failure: handoff
- id: kind
  action: evaluate
  classify:
    labels: [{id: late, description: Late, next_step: end}]
  on_silence: [{after: 1h, goto: stuck}]
  else: stuck
- id: stuck
  action: inform
  say: And now?
  options: [{label: Again, next_step: stuck}]
`)
  expect(findings).toMatchObject([
    {
      code: 'dead_end',
      why: [
        'customer writes "hello"',
        'the message already holds the story',
        'the model chooses none of the labels',
        'customer names none of them either',
      ],
    },
  ])
})

test('bad input is the compiler’s to refuse, in bounded time, and nothing is explored', () => {
  const bombs = ['&a [*a]', '['.repeat(100_000), 'copse: 1\nprocedure: 3', '', `copse: 1\n${'a: 1\n'.repeat(200_000)}`]
  for (const bomb of bombs) {
    const started = process.cpuUsage()
    const { findings, explored } = checkSteps(bomb)
    expect(findings.some(({ severity }) => severity === 'error')).toBe(true)
    expect(explored).toBeUndefined()
    expect(process.cpuUsage(started).user).toBeLessThan(3_000_000)
  }
})

test('a task that recurs by itself is looked at, and knows of no customer', () => {
  const flow = (schedules: string, param: string): string => `copse: 1
flow:
  id: salon
  initial_state: MENU
  tasks:
    nightly:
      actions: [{action: invoke_connector, operation: get_slots_for_day, params: {date_str: "{{data.${param}}}"}}]
${schedules}
  states:
    MENU:
      on_enter: [{action: send_text, text: Which day?}]
      transitions: [{on_type: text, set_data: {day: "{{message.text}}"}, target: end}]
      fallback: MENU
`
  const nightly = '  standing_schedules: [{task: nightly, when: {daily: "03:00"}}]'
  expect(codesOf(check(flow('', 'today')))).toEqual(['never_scheduled'])
  expect(codesOf(check(flow(nightly, 'today')))).toEqual([])
  expect(codesOf(check(flow(nightly, 'day')))).toEqual(['read_before_write'])
})

test('who gives up half-way has given half: what is done then may look at it', () => {
  const { findings } = checkSteps(`- id: ask
  action: collect_info
  say: Which size, and your address?
  extract_fields:
    - {key: email, title: address, type: email}
    - {key: size, title: size, enum: [small, large]}
  required_fields: [email, size]
  next_step: end
  on_failure: decide
- id: decide
  action: evaluate
  conditions:
    - {condition: email exists, next_step: write_later}
  else: handoff
- {id: write_later, action: end, say: "We write to {{email}}."}
`)
  expect(findings).toEqual([])
})

test('each thing that is asked for may come in a reply of its own', () => {
  const { explored } = checkSteps(`- id: ask
  action: collect_info
  say: Which size, which colour, and when?
  extract_fields:
    - {key: colour, title: colour, enum: [red, blue]}
    - {key: size, title: size, enum: [small, large]}
    - {key: day, title: day, type: date}
  required_fields: [colour, size, day]
  next_step: end
  on_failure: handoff
`)
  expect(explored?.worst).toMatchObject({ repliesPerConversation: 5 })
})

test('what a message says later was known when it was scheduled', () => {
  const { findings } = checkSteps(`- id: ask
  action: collect_info
  say: Which model, and when?
  extract_fields:
    - {key: model, title: model, enum: [small, large]}
    - {key: day, title: day, type: date}
  required_fields: [model, day]
  next_step: sure
  on_failure: handoff
- {id: sure, action: inform, say: "Shall we remind you?", options: [{label: "Yes", next_step: remind}]}
- {id: remind, action: schedule, at: day, before: 1 day, send: "Tomorrow: {{model}}.", next_step: end}
`)
  expect(findings).toEqual([])
})

test('a text that is surely empty on one way is not told a second time as one that may be', () => {
  const steps = find('decide')
    .replace('description: Order number, ', '')
    .replace('}]', '}, {key: member, title: member, enum: [gold, none]}]')
  const more = `- id: decide
  action: evaluate
  conditions:
    - {condition: order_data.total > 100 and member == gold, next_step: end}
    - {condition: order_data.total > 100 and not (member == gold), next_step: end}
  else: tell
- {id: tell, action: end, say: "You are {{member}}."}
`
  expect(codesOf(checkSteps(steps + more))).toEqual(['read_before_write'])
})
