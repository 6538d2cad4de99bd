/** A procedure of so many steps: groups that ask, decide, offer, say and decide again, each leading on. */
export function procedureOf(steps: number): string {
  const target = (step: number): string => (step < steps ? `s${step}` : 'end')
  const list = Array.from({ length: steps }, (_, at) => [`    - id: s${at}`, ...stepOf(at, target)])
  return ['copse: 1', 'procedure:', '  id: large', '  triggers: [hello]', '  steps:', ...list.flat(), ''].join('\n')
}

function stepOf(at: number, target: (step: number) => string): string[] {
  const field = `f${at - (at % 5)}`
  switch (at % 5) {
    case 0:
      return [
        '      action: collect_info',
        `      say: "How much is number ${at}?"`,
        `      extract_fields: [{key: ${field}, type: amount, title: number ${at}}]`,
        `      required_fields: [${field}]`,
        `      next_step: ${target(at + 1)}`,
        '      on_failure: handoff',
      ]
    case 2:
      return [
        '      action: inform',
        `      say: "What next, after ${at}?"`,
        '      options:',
        `        - {label: On ${at}, next_step: ${target(at + 1)}}`,
        `        - {label: Far on ${at}, next_step: ${target(at + 2)}}`,
      ]
    case 3:
      return ['      action: inform', `      say: "You said {{${field}}}."`, `      next_step: ${target(at + 1)}`]
    default:
      return [
        '      action: evaluate',
        '      conditions:',
        `        - {condition: ${field} > ${at}, next_step: ${target(at + 1)}}`,
        `      else: ${target(at + 2)}`,
      ]
  }
}

/** A flow of so many states, each with two buttons and a way for words. */
export function flowOf(states: number): string {
  const target = (state: number): string => (state < states ? `S${state}` : 'end')
  const list = Array.from({ length: states }, (_, at) => [
    `    S${at}:`,
    '      on_enter:',
    '        - action: send_interactive_buttons',
    `          body: "What next, after ${at}?"`,
    '          buttons:',
    `            - {id: on_${at}, title: On}`,
    `            - {id: far_${at}, title: Far on}`,
    '      transitions:',
    `        - {on_payload: on_${at}, target: ${target(at + 1)}}`,
    `        - {on_payload: far_${at}, set_data: {far: "${at}"}, target: ${target(at + 2)}}`,
    `      fallback: S${at}`,
  ])
  return ['copse: 1', 'flow:', '  id: large', '  initial_state: S0', '  states:', ...list.flat(), ''].join('\n')
}
