import { besideOf } from '@copse/procedures'
import { describe, expect, test } from 'vitest'
import { checkProcedure } from '../index.ts'
import { checkSteps, operations, placesOf } from './testing/checking.ts'

const table = (rules: string): string => `
- id: ask
  action: collect_info
  say: How much?
  extract_fields: [{key: total, type: number}]
  required_fields: [total]
  next_step: fee
- id: fee
  action: decide
  table:
    hit_policy: first
    inputs: [{name: total, type: number}]
    outputs: [{name: fee, type: number}]
    rules: |
      total  || fee
      -------||-----
${rules.replace(/^(?=.)/gm, '      ')}
  next_step: free
  on_none: none
- id: free
  action: evaluate
  conditions: [{condition: fee == 0, next_step: gift}, {condition: fee == 7, next_step: seven}]
  else: pays
- {id: gift, action: end, say: Free.}
- {id: pays, action: end, say: "That is {{fee}}."}
- {id: seven, action: end, say: Seven.}
- {id: none, action: end, say: I do not know.}`

describe('a decision table', () => {
  test('each rule is a way, with what it decides: what no rule decides is never so', () => {
    const checked = checkSteps(table('>= 50  || 0\n-      || 5'))
    expect(checked.explored).toMatchObject({ exhaustive: true })
    expect(placesOf(checked)).toEqual(['branch_never_true 28', 'never_reached 32', 'never_reached 33'])
  })

  test('a value that no rule is for leaves it by on_none; without that, it is told at its line', () => {
    const gap = table('>= 50  || 0\n< 40   || 5')
    const checked = checkSteps(gap)
    expect(checked.findings.map(({ code }) => code)).not.toContain('table_gap')
    expect(checked.findings.map(({ message }) => message).join()).not.toContain('"none" is never reached')
    expect(placesOf(checkSteps(gap.replace('  on_none: none\n', '')))).toContain('table_gap 15')
  })
})

describe('a procedure with a subprocedure', () => {
  const inner = (say = 'Found.') => `copse: 1
procedure:
  id: which
  outputs: {order_data: object}
  steps:
    - id: ask
      action: collect_info
      say: Which order?
      extract_fields: [{key: order_id, title: order number}]
      required_fields: [order_id]
      next_step: look
    - id: look
      action: tool_call
      say: ${say}
      tools: [{name: lookup_order, arg_mappings: [{param: order_id, source: order_id}]}]
      on_success: end
      on_failure: gone
    - {id: gone, action: end, outcome: not_found}
`
  const outer = `copse: 1
procedure:
  id: outer
  triggers: [order]
  steps:
    - {id: which, action: subprocedure, procedure: which, outputs: {order_data: order}, next_step: late, on_failure: sorry}
    - id: late
      action: evaluate
      conditions: [{condition: order.status == shipped, next_step: sent}]
      else: sorry
    - {id: sent, action: end, say: It is on its way.}
    - {id: sorry, action: end, say: Sorry.}
`
  const check = (text: string, source = outer) =>
    checkProcedure(
      source,
      {
        operations: Object.fromEntries(operations.map((one) => [one.name, one])),
        beside: besideOf(() => [{ file: 'which.procedure.yaml', text }]),
      },
      { file: 'outer.procedure.yaml', now: 0 },
    )

  test('is looked at whole: every conversation, through both', () => {
    const checked = check(inner())
    expect(checked.findings).toEqual([])
    expect(checked.explored).toMatchObject({ exhaustive: true })
  })

  test('what is wrong inside is told at the line of its own file', () => {
    const { findings } = check(
      inner('It is {{gone}}.').replace(
        '{key: order_id, title: order number}',
        '{key: order_id, title: order number}, {key: gone}',
      ),
    )
    expect(findings).toMatchObject([{ code: 'may_be_empty', file: 'which.procedure.yaml', line: 14 }])
  })

  test('a loop of the outer one through the inner one is no loop without a wait: it asks anew each time', () => {
    const again = outer.replace('else: sorry', 'else: which')
    expect(check(inner(), again).findings.filter(({ severity }) => severity === 'error')).toEqual([])
  })
})
