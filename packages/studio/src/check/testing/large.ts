/** A procedure of so many steps: groups that ask, decide, offer, look up and decide again, each with a way back. */
export function largeProcedure(steps: number, back: (step: number) => number): string {
  const target = (step: number): string => (step < steps ? `s${step}` : 'done')
  const list = Array.from({ length: steps }, (_, at) => [`    - id: s${at}`, ...bodyOf(at, target, back)])
  const end = ['    - id: done', '      action: end', '      say: Bye.']
  return ['copse: 1', 'procedure:', '  id: large', '  triggers: [hello]', '  steps:', ...list.flat(), ...end].join('\n')
}

function bodyOf(at: number, target: (step: number) => string, back: (step: number) => number): string[] {
  const group = at - (at % 5)
  switch (at % 5) {
    case 0:
      return [
        '      action: collect_info',
        `      say: "How much is number ${at}?"`,
        `      extract_fields: [{key: f${at}, type: amount, title: number ${at}, description: A number}]`,
        `      required_fields: [f${at}]`,
        `      next_step: ${target(at + 1)}`,
        '      on_failure: handoff',
      ]
    case 1:
      return [
        '      action: evaluate',
        '      conditions:',
        `        - {condition: f${group} > ${at + 10}, next_step: ${target(at + 1)}}`,
        `        - {condition: f${group} < ${at}, next_step: ${target(at + 2)}}`,
        `      else: ${target(at + 3)}`,
      ]
    case 2:
      return [
        '      action: inform',
        `      say: "What next, after ${at}?"`,
        '      options:',
        `        - {label: On ${at}, next_step: ${target(at + 1)}}`,
        `        - {label: Far on ${at}, next_step: ${target(at + 2)}}`,
        `        - {label: Back ${at}, next_step: ${target(Math.max(0, back(at)))}}`,
      ]
    case 3:
      return [
        '      action: tool_call',
        '      tools:',
        '        - name: get_account_transactions',
        `          arg_mappings: [{param: account_id, source: f${group}}]`,
        `          result_key: r${at}`,
        `      on_success: ${target(at + 1)}`,
        `      on_failure: ${target(at + 2)}`,
      ]
    default:
      return [
        '      action: evaluate',
        '      conditions:',
        `        - {condition: r${at - 1}.score > 50, next_step: ${target(at + 1)}}`,
        `      else: ${target(at + 2)}`,
      ]
  }
}

/** A flow in which so many things can each be chosen or not, in any order, and a state that asks about all of them. */
export function manyChoices(count: number): string {
  const all = Array.from({ length: count }, (_, at) => at)
  const chooses = all.map((at) => `        - {on_payload: c${at}, set_data: {f${at}: chosen}, target: HUB}`)
  const asks = all.map((at) => `        - {always: true, condition: data.f${at} == chosen, target: handoff}`)
  return [
    'copse: 1',
    'flow:',
    '  id: choices',
    '  initial_state: MENU',
    '  states:',
    '    MENU:',
    '      transitions: [{always: true, target: HUB}]',
    '    HUB:',
    '      on_enter:',
    '        - action: send_interactive_list',
    '          body: Which?',
    '          sections:',
    '          - rows:',
    ...all.map((at) => `            - {id: c${at}, title: Choice ${at}}`),
    '            - {id: done, title: Done}',
    '      transitions:',
    ...chooses,
    '        - {on_payload: done, target: SUM}',
    '      fallback: HUB',
    '    SUM:',
    '      transitions:',
    ...asks,
    '        - {always: true, target: end}',
  ].join('\n')
}
