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
const sources = [sample, refund, refund.replace('copse: 1', '')]

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

test('a procedure with a line missing builds when it compiles', () => {
  const cut = fc.tuple(fc.constantFrom(...sources), fc.nat()).map(([source, at]) => {
    const lines = source.split('\n')
    return lines.toSpliced(at % lines.length, 1).join('\n')
  })
  fc.assert(fc.property(cut, isSound), { numRuns: 100 })
})
