import { readFileSync } from 'node:fs'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { compileProcedure } from './index.ts'
import { catalogue } from './testing/catalogue.ts'
import { buildTree } from './testing/tree.ts'

const sample = `copse: 1
procedure:
  id: sample
  steps:
    - id: a
      action: collect_info
      extract_fields: [{key: order_id}]
      next_step: b
    - id: b
      action: tool_call
      tools:
        - name: lookup_order
          arg_mappings: [{param: order_id, source: order_id}]
      on_success: c
      on_failure: a
    - id: c
      action: evaluate
      conditions:
        - {condition: order_data.total > 5, next_step: end}
      else: a
`
const refund = readFileSync(new URL('../../../procedures/refund.procedure.yaml', import.meta.url), 'utf8')
const flow = `copse: 1
flow:
  id: flow
  initial_state: A
  tasks:
    later: {actions: [{action: send_text, text: "{{data.x}}"}]}
  states:
    A:
      on_enter:
        - {action: invoke_connector, operation: lookup_order, params: {order_id: "{{message.text}}"}, result_key: x, on_error: B}
        - {action: send_dynamic_options, source_key: x, text: Which?, empty_text: None}
      transitions:
        - {on_payload_prefix: p_, extract_suffix_as: y, set_data: {x: "{{data.y}}"}, target: B}
      fallback: A
    B:
      on_enter:
        - {action: schedule_task, task: later, in: 2h}
      transitions:
        - {always: true, condition: data.y exists, target: end}
      fallback: A
`
const sources = [sample, flow, refund, refund.replace('copse: 1', '')]

/** Whatever goes in: it returns, and what it calls good can be built. */
function isSound(source: string): void {
  const compilation = compileProcedure(source, catalogue)
  if (compilation.ok) buildTree(compilation.procedure.tree)
  else expect(compilation.diagnostics.some(({ severity }) => severity === 'error')).toBe(true)
  for (const { line, column } of compilation.diagnostics) expect(Math.min(line, column)).toBeGreaterThanOrEqual(1)
}

test('any text at all compiles or is refused, and never throws', () => {
  fc.assert(fc.property(fc.oneof(fc.string(), fc.string({ unit: 'binary' })), isSound), { numRuns: 300 })
})

test('so does text made of what YAML is made of', () => {
  const part = fc.constantFrom(
    '- ',
    ': ',
    '\n',
    '  ',
    '[',
    ']',
    '{',
    '}',
    '&a',
    '*a',
    '"',
    "'",
    '|',
    '>',
    '#',
    '? ',
    '!',
    '%',
    'a',
    '---',
    '\t',
    'procedure',
    'steps',
    'copse: 1\n',
  )
  fc.assert(
    fc.property(
      fc.array(part, { maxLength: 60 }).map((parts) => parts.join('')),
      isSound,
    ),
    { numRuns: 300 },
  )
})

test('a procedure with one word changed builds when it compiles', () => {
  const words = [
    'end',
    'a',
    'b',
    'handoff',
    '$back',
    'tool_call',
    'inform',
    'evaluate',
    'order_id',
    'lookup_order',
    '[]',
    '{}',
    '7',
    'null',
    '""',
    '__proto__',
    'constructor',
  ]
  const changed = fc
    .tuple(fc.constantFrom(...sources), fc.nat(), fc.constantFrom(...words))
    .map(([source, at, word]) => {
      const places = [...source.matchAll(/\b[a-z_]{2,}\b/g)]
      const place = places[at % places.length]!
      return source.slice(0, place.index) + word + source.slice(place.index + place[0].length)
    })
  fc.assert(fc.property(changed, isSound), { numRuns: 150 })
})
