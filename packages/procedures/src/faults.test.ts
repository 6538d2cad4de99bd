import { describe, expect, test } from 'vitest'
import { compileProcedure } from './index.ts'
import { catalogue } from './testing/catalogue.ts'
import { ours } from './testing/compiled.ts'

/** `line:column code path`, in order. */
function placesOf(source: string): string[] {
  const { diagnostics } = compileProcedure(source, catalogue)
  return diagnostics.map(({ line, column, code, path }) => `${line}:${column} ${code} ${path ?? ''}`.trim())
}

const broken = `copse: 1
procedure:
  id: refund
  verison: "1"
  triggers: [refund]
  steps:
    - id: ask
      action: collect_inof
      next_step: find
    - id: find
      action: tool_call
      tools:
        - name: lookup_ordr
          arg_mappings: [{param: order_id, source: order_id}]
        - name: lookup_order
          guard_condition: {field: order_id, operator: equals, value: a}
      on_success: decied
    - id: decide
      action: evaluate
      conditions:
        - condition: order_data.status == delivered
          next_step: pay
        - condition: "order_data.status in [shipped"
          next_step: pay
        - next_step: pay
    - id: decide
      action: end
    - id: pay
      action: inform
      say: Paid {{ordr_data.total}} and {{ nothing
      nxt_step: end
`

describe('every fault is reported at once, each with its place', () => {
  test('in a file that is wrong throughout', () => {
    expect(placesOf(broken)).toEqual([
      '4:3 unknown_key verison',
      '8:15 unknown_action steps.ask.action',
      '13:17 unknown_operation steps.find.tools.0.name',
      '15:11 missing_argument steps.find.tools.1',
      '16:56 condition_invalid steps.find.tools.1.guard_condition.operator',
      '17:19 unknown_target steps.find.on_success',
      '18:7 else_missing steps.decide',
      '23:52 condition_invalid steps.decide.conditions.1.condition',
      '25:11 condition_missing steps.decide.conditions.2',
      '26:11 duplicate_id steps.decide.id',
      '28:7 no_way_on steps.pay',
      '30:12 placeholder_invalid steps.pay.say',
      '31:7 unknown_key steps.pay.nxt_step',
    ])
  })

  test('those of a step whose id is taken, too', () => {
    const source = [
      'copse: 1',
      'procedure:',
      '  id: twice',
      '  name: Twice',
      "  version: '1'",
      '  triggers: [twice]',
      '  steps:',
      '    - {id: done, action: end, say: Bye}',
      '    - {id: done, action: end, say: Bye, outcme: lost}',
    ].join('\n')
    const { diagnostics } = compileProcedure(source, catalogue)
    expect(
      diagnostics.filter(({ severity }) => severity === 'error').map(({ line, code }) => `${line} ${code}`),
    ).toEqual(['9 duplicate_id', '9 unknown_key'])
  })

  test('and says what to write where that is known', () => {
    const { diagnostics } = compileProcedure(broken, catalogue, { file: 'refund.yaml' })
    const fixes = Object.fromEntries(diagnostics.map(({ line, column, fix }) => [`${line}:${column}`, fix]))
    expect(fixes).toMatchObject({
      '4:3': 'Did you mean "version"?',
      '8:15': 'Did you mean "collect_info"?',
      '13:17': 'Did you mean "lookup_order"?',
      '17:19': 'Did you mean "decide"?',
      '31:7': 'Did you mean "next_step"?',
    })
    expect(diagnostics.every(({ file }) => file === 'refund.yaml')).toBe(true)
  })
})

test.each([
  ['say: {en: Yes, or no?}', 'a comma'],
  ['say: {en: {{name}}}', '"{{"'],
])('a text that YAML cuts into keys is said to need quotes: %s', (say, held) => {
  const [first] = ours(`- id: a\n  action: end\n  ${say}`).diagnostics
  expect(first).toMatchObject({ line: expect.any(Number), fix: expect.stringMatching(`quotes around.*${held}`) })
})

test('a line that stands one space off is said to stand off', () => {
  const [first] = ours('- id: a\n  action: inform\n say: {en: Hello}\n  next_step: end').diagnostics
  expect(first).toMatchObject({ fix: expect.stringMatching(/^Line it up/) })
})

test('a file that was saved in another encoding is said to be, and not to begin otherwise than it does', () => {
  const text = 'copse: 1\nprocedure:\n  id: a\n'
  const { diagnostics } = compileProcedure(`\ufffd\ufffd${text.replaceAll(/(?=[^])/g, '\0')}\0`, catalogue)
  expect(diagnostics).toMatchObject([{ line: 1, message: 'The file is not saved as UTF-8.' }])
})

describe('what is not a procedure at all', () => {
  test.each([
    ['', ['1:1 yaml_invalid']],
    ['# only a comment\n', ['1:1 yaml_invalid']],
    ['just text', ['1:1 not_a_procedure']],
    ['- a\n- b', ['1:1 not_a_procedure']],
    ['a: [1, 2', ['1:9 yaml_invalid']],
    ['copse: 1', ['1:1 not_a_procedure']],
    ['copse: 2\nprocedure: {id: a, steps: [{id: a, action: end}]}', ['1:8 unknown_version copse']],
    ['initial_state: a\nstates: {}', ['1:1 missing_key id']],
    ['copse: 1\nprocedure: 7', ['2:12 invalid_value']],
    ['copse: 1\nprocedure:\n  id: a\n', ['3:3 missing_key steps']],
    ['copse: 1\nprocedure:\n  id: a\n  steps: []', ['4:10 invalid_value steps']],
    ['copse: 1\nprocedure:\n  id: a/b\n  steps: [{id: x, action: end}]', ['3:7 invalid_value id']],
    ['copse: 1\nprocedure:\n  id: a\n  id: b\n  steps: [{id: x, action: end}]', ['4:3 duplicate_key']],
    ['a: 1\n---\nb: 2', ['2:1 yaml_invalid']],
    // Nothing but the tabs are told, whatever they make of the lines around it.
    ['copse: 1\nprocedure:\n  id: a\n  steps:\n\t- id: x\n\t  action: end', ['5:1 yaml_invalid', '6:1 yaml_invalid']],
  ])('%j', (source, places) => {
    expect(placesOf(source)).toEqual(places)
  })
})

const faultOf = (steps: string, head?: string) => {
  const { diagnostics, ok } = ours(steps, head)
  return { ok, code: diagnostics[0]?.code, path: diagnostics[0]?.path }
}

describe('a step with', () => {
  test.each([
    ['no id', '- {action: end}', 'missing_key', 'steps.0.id'],
    ['an id that is a target', '- {id: end, action: end}', 'reserved_id', 'steps.end.id'],
    ['a number where a text belongs', '- {id: a, action: end, instruction: 7}', 'invalid_value', 'steps.a.instruction'],
    ['no operations', '- {id: a, action: tool_call, tools: [], on_success: end}', 'invalid_value', 'steps.a.tools'],
    [
      'an argument that the operation does not take',
      '- {id: a, action: tool_call, on_success: end, tools: [{name: escalate_to_supervisor, fixed_args: {case_id: x, urgent: yes}}]}',
      'unknown_argument',
      'steps.a.tools.0.fixed_args.urgent',
    ],
    [
      'a fixed argument of the wrong type',
      '- {id: a, action: tool_call, on_success: end, tools: [{name: escalate_to_supervisor, fixed_args: {case_id: 7}}]}',
      'invalid_argument',
      'steps.a.tools.0.fixed_args.case_id',
    ],
    [
      'a fixed argument that is not one of those listed',
      '- {id: a, action: tool_call, on_success: end, tools: [{name: escalate_to_supervisor, fixed_args: {case_id: x, priority: hihg}}]}',
      'invalid_argument',
      'steps.a.tools.0.fixed_args.priority',
    ],
    [
      'a customer of its own choosing',
      '- {id: a, action: tool_call, on_success: end, tools: [{name: search_orders, fixed_args: {customer_id: CUST-1}}]}',
      'customer_fixed',
      'steps.a.tools.0.fixed_args.customer_id',
    ],
    [
      'a required field that it does not extract',
      '- {id: a, action: collect_info, extract_fields: [{key: email}], required_fields: [emial], next_step: end}',
      'unknown_field',
      'steps.a.required_fields.0',
    ],
    [
      'a field listed twice',
      '- {id: a, action: collect_info, extract_fields: [{key: x}, {key: x}], next_step: end}',
      'duplicate_field',
      'steps.a.extract_fields.1.key',
    ],
    ['a text about what nobody knows', '- {id: a, action: end, say: "Hello {{nmae}}"}', 'unknown_field', 'steps.a.say'],
    ['nothing to decide', '- {id: a, action: evaluate, else: end}', 'no_branches', 'steps.a'],
    [
      'a key of dialect P',
      '- {id: a, action: evaluate, conditions: [{condition: case_id == x, next_step: end}], next_step: end, else: end}',
      'unknown_key',
      'steps.a.next_step',
    ],
  ])('%s', (_, steps, code, path) => {
    expect(faultOf(steps)).toMatchObject({ ok: false, code, path })
  })

  test('an alias to a field that nothing writes', () => {
    expect(faultOf('- {id: a, action: end}', 'fields: {status: order_data.status}')).toMatchObject({
      ok: false,
      code: 'unknown_field',
      path: 'fields.status',
    })
  })

  test('no way to it compiles, with a warning', () => {
    expect(faultOf('- {id: a, action: end}\n- {id: b, action: end}')).toMatchObject({
      ok: true,
      code: 'unreachable_step',
      path: 'steps.b.id',
    })
  })
})

describe('a target that is not there', () => {
  const fixOf = (target: string, more = '') =>
    ours(`- {id: hello, action: inform, say: Hello, next_step: ${target}}${more}`).diagnostics.map(({ fix }) => fix)

  test('may have been meant for one that is in no file', () => {
    expect(fixOf('handof')).toEqual(['Did you mean "handoff"?'])
    expect(fixOf('edn')).toEqual(['Did you mean "end"?'])
    expect(fixOf('finish')).toEqual(['Known: hello, end, handoff.'])
  })

  test('is told what can be one where there are too many to list', () => {
    const many = Array.from({ length: 20 }, (_, at) => `\n- {id: s${at}, action: end}`).join('')
    expect(fixOf('finish', many)[0]).toBe('Name a step, `end` or `handoff`.')
  })
})

test('what YAML reads as a number or as a truth is wanted in quotes where it is a text', () => {
  const told = (keys: string) =>
    ours(`- {id: hello, action: inform, ${keys}, next_step: end}`).diagnostics.map(({ message, fix }) => [message, fix])
  const quotes = 'Put quotes around it: YAML reads it as a number.'
  expect(told('say: 2026')).toEqual([['"say" should be text, or one text per language, not 2026.', quotes]])
  expect(told('say: {en: 1.50}')).toEqual([['"en" should be text, not 1.5.', quotes]])
  expect(told('say: Hi, options: [{label: 007, next_step: end}]')).toEqual([
    ['"label" should be text, or one text per language, not 7.', quotes],
  ])
  expect(told('say: true')).toEqual([
    [
      '"say" should be text, or one text per language, not true.',
      'Put quotes around it: YAML reads it as true or false.',
    ],
  ])
  expect(told('say: [Hi]')).toEqual([['"say" should be text, or one text per language, not a list.', undefined]])
})
