import { describe, expect, test } from 'vitest'
import type { Compilation } from '../index.ts'
import { codesOf, configOf, dialectP, exitsOf, nodesOf, ours, stageOf } from '../testing/compiled.ts'

const ask = `
- id: ask
  action: collect_info
  extract_fields: [{key: order_id}, {key: merchant_name}]
  required_any: [order_id, merchant_name]
  next_step: find`
const lookup = '{name: lookup_order, arg_mappings: [{param: order_id, source: order_id}], result_key: order_data}'
const search = '{name: search_orders, arg_mappings: [{param: merchant_name, source: merchant_name}]}'
const find = (tools: string, more = '') => `
- id: find
  action: tool_call
  tools: [${tools}]
  on_success: end
  ${more}`

describe('alternatives', () => {
  test('are tried in order; a call without what it needs is passed over', () => {
    const stage = stageOf(ours(ask + find(`${lookup}, ${search}`)), 'find')
    expect(stage.config).toEqual({ branches: [{ op: 'exists', field: 'order_id' }] })
    expect(stage.children?.map(({ name }) => name)).toEqual(['call:lookup_order', 'call:search_orders'])
  })

  test('when none can run, a leaf says what is missing, and a reply is read where that is collected', () => {
    const compilation = ours(ask + find(lookup, 'on_failure: sorry') + '\n- {id: sorry, action: end}')
    expect(configOf(compilation, 'find', 'missing')['fields']).toEqual(['order_id'])
    expect(exitsOf(compilation, 'find')).toMatchObject({
      missing: { to: 'ask', return: true },
      missing_argument: 'sorry',
      no: 'sorry',
    })
  })

  test('what nobody collects is not asked for: then it is a no, however the step was reached', () => {
    const known = lookup.replace('source: order_id', 'source: order_data.order_id')
    const compilation = ours(ask + find(known, 'on_failure: sorry') + '\n- {id: sorry, action: end}')
    expect(exitsOf(compilation, 'find')).toMatchObject({ missing: 'sorry', missing_argument: 'sorry', no: 'sorry' })
  })

  test('a guard and a required argument must both hold', () => {
    const guarded = `{name: lookup_order, guard_condition: merchant_name == TechMart, arg_mappings: [{param: order_id, source: order_id}]}`
    const [branch] = (
      stageOf(ours(ask + find(guarded)), 'find').config as { branches: { op: string; of: unknown[] }[] }
    ).branches
    expect(branch).toMatchObject({ op: 'and', of: [{ field: 'merchant_name' }, { op: 'exists', field: 'order_id' }] })
  })

  test('a guard that says that the argument is known says it once', () => {
    const guarded = lookup.replace('{', '{guard_condition: order_id exists, ')
    expect(stageOf(ours(ask + find(guarded)), 'find').config).toEqual({
      branches: [{ op: 'exists', field: 'order_id' }],
    })
  })

  test('one that can always run hides those after it', () => {
    const stage = stageOf(ours(ask + find(`${search}, ${lookup}`)), 'find')
    expect(nodesOf(stage).map(({ op }) => op)).toEqual(['sequence', 'call'])
  })

  test('two calls of one operation have names of their own', () => {
    const stage = stageOf(ours(ask + find(`${lookup}, ${lookup}`)), 'find')
    expect(stage.children?.map(({ name }) => name ?? '')).toEqual(['call:lookup_order', 'call:lookup_order_2', ''])
  })
})

test('what an argument is taken from has to be the name of a field', () => {
  const compilation = ours(ask + find(lookup.replace('source: order_id', 'source: $back'), 'on_failure: handoff'))
  expect(compilation.diagnostics).toMatchObject([{ code: 'not_a_field', line: 14 }])
})

test('a fixed argument wins over a mapped one, and the customer is never mapped', () => {
  const tool = `{name: lookup_order, arg_mappings: [{param: order_id, source: order_id}, {param: reason, source: merchant_name}, {param: customer_id, source: customer_id}], fixed_args: {reason: fixed}}`
  expect(configOf(ours(ask + find(tool)), 'find', 'call')['arguments']).toEqual([
    { param: 'order_id', source: 'order_id' },
    { param: 'reason', value: 'fixed' },
  ])
})

test('a system that cannot be reached is not a no: without a target, a fixed line and a person', () => {
  expect(exitsOf(ours(ask + find(lookup)), 'find')).toMatchObject({ no: '$handoff', unavailable: '$unavailable' })
  const told = ours(`${ask}${find(lookup, 'on_unavailable: later')}\n- {id: later, action: end}`)
  expect(exitsOf(told, 'find')['unavailable']).toBe('later')
})

test('a write that may or may not have happened leaves like one that cannot be reached', () => {
  const refund = '{name: issue_refund, arg_mappings: [{param: order_id, source: order_id}]}'
  expect(exitsOf(ours(ask + find(refund)), 'find')['uncertain']).toBe('$unavailable')
})

const asks = (source: Compilation) => nodesOf(stageOf(source, 'find')).some(({ op }) => op === 'pause')

test('a missing argument is asked for where it is required, not where it is only taken', () => {
  const start = `
- {id: start, action: collect_info, extract_fields: [{key: order_id}], next_step: ask}`
  const missing = exitsOf(ours(start + ask + find(lookup)), 'find')['missing']
  expect(missing).toEqual({ to: 'ask', return: true })
})

describe('a pause after the call', () => {
  const more = ask + find(lookup).replace('on_success: end', 'on_success: done') + '\n- {id: done, action: end}'

  test('is made in our format only when told', () => {
    expect(asks(ours(more))).toBe(false)
    expect(asks(ours(more.replace('on_success', 'await_input: true\n  on_success')))).toBe(true)
  })

  test('is made in dialect P unless told, or unless the call ends the procedure', () => {
    expect(asks(dialectP(more))).toBe(true)
    expect(asks(dialectP(more.replace('on_success', 'await_input: false\n  on_success')))).toBe(false)
    expect(asks(dialectP(ask + find(lookup)))).toBe(false)
  })

  test('knows which fields a reply may correct, and withdraws what the call used and wrote', () => {
    const compilation = ours(ask + find(lookup, 'await_input: true\n  ask: {en: Is that it?}'))
    expect(configOf(compilation, 'find', 'pause')).toMatchObject({
      say: { en: 'Is that it?' },
      fields: [{ key: 'order_id' }],
      uses: ['order_id', 'order_data'],
    })
    expect(exitsOf(compilation, 'find')).toMatchObject({ correct: { to: 'ask', return: true }, failure: '$handoff' })
  })

  test('never withdraws who the customer is or which case it is', () => {
    const note = '{name: add_case_note, arg_mappings: [{param: case_id, source: case_id}], fixed_args: {note: x}}'
    expect(configOf(ours(ask + find(note, 'await_input: true')), 'find', 'pause')['uses']).toEqual([])
  })
})

const refund = (more = '') => `
- id: pay
  action: tool_call
  tools: [{name: issue_refund, arg_mappings: [{param: order_id, source: order_id}]}]
  on_success: end
  ${more}`
const start = (action: string) => ask.replace('next_step: find', 'next_step: choose') + `\n- id: choose\n  ${action}`
const option = 'action: inform\n  options: [{label: Refund, next_step: pay}, {label: Nothing, next_step: end}]'
const facts = 'action: evaluate\n  conditions: [{condition: customer_name exists, next_step: pay}]\n  else: end'
const model = 'action: evaluate\n  classify: {labels: [{description: wants money, next_step: pay}]}\n  else: end'

const through = (between: string) =>
  ours(`${start(model.replace('next_step: pay', 'next_step: talk'))}\n- id: talk\n  ${between}${refund()}`)

describe('a call that needs a yes', () => {
  test('is asked for after an option, unless that was tapped', () => {
    const compilation = ours(start(option) + refund())
    expect(configOf(compilation, 'pay', 'confirm')).toMatchObject({
      operation: 'issue_refund',
      entered: ['keyword', 'classification'],
      arguments: [{ param: 'order_id', source: 'order_id' }],
    })
    expect(exitsOf(compilation, 'pay')).toMatchObject({ declined: '$back', failure: '$handoff' })
  })

  test('is asked only when the call can run', () => {
    const [confirmed, missing] = stageOf(ours(start(option) + refund()), 'pay').children ?? []
    expect(confirmed?.children?.map(({ op }) => op)).toEqual(['confirm', 'call'])
    expect(missing?.op).toBe('missing')
  })

  test('is not asked for when facts decided', () => {
    expect(nodesOf(stageOf(ours(start(facts) + refund()), 'pay')).map(({ op }) => op)).not.toContain('confirm')
  })

  test('is always asked for when the author says so', () => {
    const compilation = ours(`${start(facts)}${refund('confirm: true\n  on_declined: choose')}`)
    expect(configOf(compilation, 'pay', 'confirm')['entered']).toEqual(['always'])
    expect(exitsOf(compilation, 'pay')['declined']).toBe('choose')
  })

  test('may in our format not follow from a model alone', () => {
    expect(codesOf(ours(start(model) + refund()))).toEqual(['confirm_missing'])
    expect(ours(start(model) + refund('confirm: true')).ok).toBe(true)
  })

  test('nor from a model with only talk in between', () => {
    expect(codesOf(through('action: inform\n  next_step: pay'))).toEqual(['confirm_missing'])
    expect(codesOf(through('action: inform\n  options: [{label: Yes, next_step: pay}]'))).toEqual([])
    expect(codesOf(through(facts.replace('customer_name', 'merchant_name')))).toEqual(['confirm_missing'])
  })

  test('but it may when a tool found the fact that decides', () => {
    const between = `
- id: look
  action: tool_call
  tools: [${lookup}]
  on_success: check
- id: check
  action: evaluate
  conditions: [{condition: order_data.total < 50, next_step: pay}]
  else: end`
    expect(codesOf(ours(start(model.replace('next_step: pay', 'next_step: look')) + between + refund()))).toEqual([])
  })

  test('is put in by dialect P where the model is not the last to decide, and then always asked', () => {
    const compilation = dialectP(
      `${start(model.replace('next_step: pay', 'next_step: talk'))}\n- {id: talk, action: inform, next_step: pay}${refund()}`,
    )
    expect(codesOf(compilation)).toEqual(['confirm_inserted'])
    expect(configOf(compilation, 'pay', 'confirm')['entered']).toEqual(['always'])
  })
})
