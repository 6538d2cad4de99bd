import { expect, test } from 'vitest'
import { codesOf, configOf, ours } from '../testing/compiled.ts'

const ask = `- {id: ask, action: collect_info, extract_fields: [{key: shop}], required_fields: [shop], next_step: keep}`

test('what is remembered is named, with the field that it is taken from; it is read as memory.name', () => {
  const compiled = ours(`${ask}
- {id: keep, action: save_memory, memory: {favourite: shop}, forget: [old], next_step: look}
- id: look
  action: evaluate
  conditions: [{condition: memory.favourite == TechMart, next_step: done}]
  else: done
- {id: done, action: end, say: "{{memory.favourite}}"}`)
  expect(compiled.diagnostics).toEqual([])
  expect(configOf(compiled, 'keep', 'remember')).toMatchObject({ keeps: { favourite: 'shop' }, forgets: ['old'] })
})

test('a step that remembers nothing, a field that nobody writes, a name that cannot be one', () => {
  const keep = (more: string) => codesOf(ours(`${ask}\n- {id: keep, action: save_memory, ${more}next_step: end}`))
  expect(keep('')).toEqual(['nothing_to_remember'])
  expect(keep('memory: {favourite: shopp}, ')).toEqual(['unknown_field'])
  expect(keep('memory: {"my shop": shop}, ')).toEqual(['invalid_value'])
})

test('a call can remember what it found', () => {
  const compiled = ours(`${ask}
- {id: keep, action: tool_call, save_memory: true, tools: [{name: lookup_order, arg_mappings: [{param: order_id, source: shop}]}], on_success: end, on_failure: handoff}`)
  expect(compiled.diagnostics).toEqual([])
  expect(configOf(compiled, 'keep', 'call')).toMatchObject({ saveMemory: true })
})
