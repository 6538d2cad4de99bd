import { describe, expect, test } from 'vitest'
import { compileProcedure } from '../index.ts'
import { catalogue } from '../testing/catalogue.ts'
import { faultsOf, sound } from '../testing/flow.ts'

test('the flow that is broken below is sound', () => {
  expect(faultsOf(sound)).toEqual([])
})

/** What is replaced, by what, and all that is said of it. */
const broken: [name: string, from: string, to: string, said: string[]][] = [
  [
    'a state that nobody wrote',
    'on_payload: book, target: SERVICE',
    'on_payload: book, target: SERVCE',
    ['error 18:38 unknown_target Did you mean "SERVICE"?'],
  ],
  [
    'a fallback that nobody wrote',
    'fallback: handoff',
    'fallback: MENUU',
    ['error 31:17 unknown_target Did you mean "MENU"?'],
  ],
  [
    'an initial state that nobody wrote',
    'initial_state: MENU',
    'initial_state: START',
    ['error 4:18 unknown_target Known: MENU, SERVICE, LOOK, SORRY.'],
  ],
  ['an initial state that is missing', '  initial_state: MENU\n', '', ['error 3:3 missing_key Add "initial_state:".']],
  [
    'a global target that nobody wrote',
    'on_payload: menu, target: MENU',
    'on_payload: menu, target: HOME',
    ['error 6:34 unknown_target Known: MENU, SERVICE, LOOK, SORRY, end, handoff.'],
  ],
  [
    'an action that does not exist',
    'action: send_text\n          text: Which',
    'action: send_txt\n          text: Which',
    ['error 23:19 unknown_action Did you mean "send_text"?'],
  ],
  [
    'an action without a name',
    '- action: send_text\n          text: Which',
    '- text: Which',
    ['error 23:11 missing_key Add "action:".'],
  ],
  [
    'a text that is missing',
    '          text: Which one, {{message.contact_name}}?\n',
    '',
    ['error 23:11 missing_key Add "text:".'],
  ],
  [
    'a key that is misspelt',
    '          empty_text: None.',
    '          emtpy_text: None.',
    ['error 39:11 empty_text_missing Add `empty_text:`.', 'error 42:11 unknown_key Did you mean "empty_text"?'],
  ],
  [
    'a key of a transition that is misspelt',
    'extract_suffix_as: picked',
    'extract_sufix_as: picked',
    ['error 44:39 unknown_key Did you mean "extract_suffix_as"?'],
  ],
  [
    'a key of a state that is misspelt',
    '      fallback: handoff',
    '      falback: handoff',
    ['error 31:7 unknown_key Did you mean "fallback"?'],
  ],
  [
    'a key of the flow that is misspelt',
    '  global_transitions:',
    '  global_transition:',
    ['error 5:3 unknown_key Did you mean "global_transitions"?'],
  ],
  [
    'options without words for none',
    '          empty_text: None.\n',
    '',
    ['error 39:11 empty_text_missing Add `empty_text:`.'],
  ],
  [
    'an operation that nobody offers',
    'operation: lookup_order',
    'operation: lookup_ordr',
    ['error 35:22 unknown_operation Did you mean "lookup_order"?'],
  ],
  [
    'an argument that the operation does not take',
    'params: {order_id: ',
    'params: {order: x, order_id: ',
    ['error 36:27 unknown_argument Known: order_id, customer_id, reason.'],
  ],
  [
    'an argument that is missing',
    'params: {order_id: "{{message.text}}"}',
    'params: {}',
    ['error 36:19 missing_argument Add "order_id:" to params.'],
  ],
  [
    'an argument that is always the customer',
    'params: {order_id: ',
    'params: {customer_id: CUST-1, order_id: ',
    ['error 36:33 customer_fixed Remove it.'],
  ],
  [
    'an argument of the wrong type',
    'params: {order_id: "{{message.text}}"}',
    'params: {order_id: [1]}',
    ['error 36:30 invalid_argument Write a value of type string, or the field that holds one.'],
  ],
  [
    'a namespace that does not exist',
    '{{message.contact_name}}',
    '{{customer.name}}',
    ['error 24:17 unknown_namespace Write data.customer.name, or message.text.'],
  ],
  [
    'a field without a namespace',
    '"{{data.wanted}}"',
    '"{{wanted}}"',
    ['error 41:17 unknown_namespace Write data.wanted, or message.text.'],
  ],
  [
    'a field that nothing writes',
    '"{{data.wanted}}"',
    '"{{data.wnted}}"',
    ['error 41:17 unknown_field Did you mean "wanted"?'],
  ],
  [
    'a source that nothing writes',
    'source_key: found',
    'source_key: fuond',
    ['error 40:23 unknown_field Did you mean "found"?'],
  ],
  [
    'braces around no field',
    '"{{data.wanted}}"',
    '"{{ | upper }}"',
    ['error 41:17 placeholder_invalid Write {{data.field}} or {{message.text}}.'],
  ],
  [
    'a condition that is none',
    'condition: data.service exists',
    'condition: "data.service =="',
    ['error 30:54 condition_invalid Write a value; put text with signs in quotes.'],
  ],
  [
    'a condition with code in it',
    'condition: data.service exists',
    'condition: "__import__(os)"',
    ['error 30:49 condition_invalid Join conditions with AND or OR; put text of several words in quotes.'],
  ],
  [
    'a condition on a field without a namespace',
    'condition: data.service exists',
    'condition: service exists',
    ['error 30:38 unknown_namespace Write data.service, or message.text.'],
  ],
  [
    'a kind of message that does not exist',
    'on_type: text',
    'on_type: txt',
    ['error 30:21 unknown_type Did you mean "text"?'],
  ],
  [
    'a transition without a trigger',
    '- {on_payload: look, target: LOOK}',
    '- {target: LOOK}',
    [
      'error 16:20 nobody_listens Add {on_payload: look, target: …} to the transitions of this state.',
      'error 19:11 trigger_missing Add on_payload, on_payload_prefix, on_type, condition, or `always: true`.',
    ],
  ],
  [
    'a suffix of no prefix',
    'on_payload_prefix: order_, extract',
    'on_payload: order, extract',
    ['error 44:31 suffix_without_prefix Add on_payload_prefix.'],
  ],
  [
    'always beside a trigger',
    '{always: true, target: MENU}',
    '{always: true, on_type: text, target: MENU}',
    ['error 50:12 always_with_trigger Remove one of the two.'],
  ],
  [
    'always in a global transition',
    '{on_payload: menu, target: MENU}',
    '{always: true, target: MENU}',
    ['error 6:8 always_global Move it to the state that it is meant for.'],
  ],
  [
    'always that is never',
    '{always: true, target: MENU}',
    '{always: false, target: MENU}',
    ['error 50:20 invalid_value'],
  ],
  [
    'a round trip without a wait',
    '      on_enter:\n        - {action: send_text, text: Sorry.}\n      transitions:\n        - {always: true, target: MENU}',
    '      transitions:\n        - {always: true, target: SORRY}',
    ['error 46:5 endless Give one of them a condition, or wait for a message in one of them.'],
  ],
  [
    'a failure that leads to itself',
    'on_error: SORRY',
    'on_error: LOOK',
    ['error 32:5 endless Lead to a state that calls nothing, to end or to handoff.'],
  ],
  [
    'a transition that another one covers',
    '- {on_payload: look, target: LOOK}',
    '- {on_payload: book, target: LOOK}',
    [
      'error 16:20 nobody_listens Add {on_payload: look, target: …} to the transitions of this state.',
      'warning 19:11 never_taken Put it before the other one in "MENU", or remove it.',
    ],
  ],
  [
    'a payload that is taken everywhere already',
    '- {on_payload: look, target: LOOK}',
    '- {on_payload: look, target: LOOK}\n        - {on_payload_prefix: b, on_payload: look, target: LOOK}',
    [
      'warning 20:11 never_taken Put it before the other one in "MENU", or remove it.',
      'error 20:34 never_taken Keep one of the two.',
    ],
  ],
  [
    'a button that nobody listens to',
    '{id: look, title: My order}',
    '{id: lok, title: My order}',
    ['error 16:20 nobody_listens Add {on_payload: lok, target: …} to the transitions of this state.'],
  ],
  [
    'two buttons of one id',
    '{id: look, title: My order}',
    '{id: book, title: My order}',
    ['error 16:20 duplicate_id Give each of them an id of its own.'],
  ],
  [
    'no button at all',
    'buttons:\n            - {id: book, title: Book}\n            - {id: look, title: My order}',
    'buttons: []',
    ['error 14:20 invalid_value'],
  ],
  [
    'a field that is always known',
    'extract_suffix_as: picked',
    'extract_suffix_as: today',
    ['error 44:58 reserved_field Call it "my_today".'],
  ],
  [
    'a field with a dot',
    'result_key: found',
    'result_key: found.it',
    [
      'error 37:23 invalid_value',
      'error 40:23 unknown_field Known: customer_id, case_id, memory, connector, customer_name, message, today, service_name, service_minutes, service, wanted, picked.',
    ],
  ],
  [
    'a state called end',
    'SORRY:\n',
    'end:\n',
    [
      'error 38:21 unknown_target Known: MENU, SERVICE, LOOK, end, handoff.',
      'error 46:5 reserved_id Call it "end_state".',
    ],
  ],
  [
    'a state that nothing leads to',
    'on_error: SORRY',
    'on_error: MENU',
    ['warning 46:5 unreachable_state Lead to it, or remove it.'],
  ],
  [
    'a state that is a list',
    '        - {action: send_text, text: Sorry.}\n      transitions:\n        - {always: true, target: MENU}',
    '        []\n      transitions: 7',
    ['error 49:20 invalid_value Write "- " before each of its items, or put them in [ ].'],
  ],
  ['a service that is no mapping', 'cut: {name: Haircut, minutes: 30}', 'cut: Haircut', ['error 8:10 invalid_value']],
  [
    'the same state twice',
    'SORRY:\n',
    'LOOK:\n',
    [
      'error 38:21 unknown_target Known: MENU, SERVICE, LOOK, end, handoff.',
      'error 46:5 duplicate_key Remove one of the two.',
    ],
  ],
  ['another version of the format', 'copse: 1', 'copse: 2', ['error 1:8 unknown_version Write `copse: 1`.']],
  ['a key beside the flow', 'copse: 1', 'copse: 1\nstate: {}', ['error 2:1 unknown_key Known: copse, flow.']],
]

describe('what is wrong with a flow is said at its place, with a fix', () => {
  test.each(broken)('%s', (_, from, to, said) => {
    expect(sound).toContain(from)
    expect(faultsOf(sound.replace(from, to))).toEqual(said)
  })

  test('a state that nobody gets out of', () => {
    const stuck = sound
      .replace('    - {on_payload: menu, target: MENU}\n', '')
      .replace('      transitions:\n        - {always: true, target: MENU}\n', '')
    expect(faultsOf(stuck)).toEqual([
      'error 45:5 no_way_on Add `transitions`, a `fallback`, or `{always: true, target: end}`.',
    ])
  })

  test('names the file, and says where in it', () => {
    const { diagnostics } = compileProcedure(sound.replace('text: Sorry.', 'txt: Sorry.'), catalogue, {
      file: 'salon.flow.yaml',
    })
    expect(diagnostics).toMatchObject([
      { file: 'salon.flow.yaml', line: 48, path: 'states.SORRY.on_enter.0.text', code: 'missing_key' },
      { file: 'salon.flow.yaml', line: 48, path: 'states.SORRY.on_enter.0.txt', code: 'unknown_key' },
    ])
  })
})

/** The same without `copse: 1` at the top, and not under \`flow:\`. */
const dialectF = (source: string): string => source.replace(/^copse: 1\nflow:\n/, '').replace(/^  /gm, '')

describe('what dialect F relaxes is a warning', () => {
  test.each([
    ['an unknown key', '      fallback: handoff', '      falback: handoff', 'unknown_key'],
    ['a field that nothing writes', '"{{data.wanted}}"', '"{{data.wnted}}"', 'unknown_field'],
    ['options without words for none', '          empty_text: None.\n', '', 'empty_text_missing'],
    [
      'a transition without a trigger',
      '- {on_payload: look, target: LOOK}',
      '- {on_payload: look, target: LOOK}\n        - {target: LOOK}',
      'trigger_missing',
    ],
    ['a button that nobody listens to', '{id: look, title: My order}', '{id: lok, title: My order}', 'nobody_listens'],
  ])('%s', (_, from, to, code) => {
    const compilation = compileProcedure(dialectF(sound.replace(from, to)), catalogue)
    expect(compilation).toMatchObject({ ok: true, diagnostics: [{ code, severity: 'warning' }] })
  })

  test.each([
    ['a target that nobody wrote', 'on_payload: look, target: LOOK', 'on_payload: look, target: LOK', 'unknown_target'],
    ['a namespace that does not exist', '{{message.contact_name}}', '{{customer.name}}', 'unknown_namespace'],
    ['an operation that nobody offers', 'operation: lookup_order', 'operation: lookup_ordr', 'unknown_operation'],
  ])('but not %s', (_, from, to, code) => {
    const compilation = compileProcedure(dialectF(sound.replace(from, to)), catalogue)
    expect(compilation).toMatchObject({ ok: false, diagnostics: [{ code, severity: 'error' }] })
  })
})
