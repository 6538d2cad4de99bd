import { describe, expect, test } from 'vitest'
import { codesOf, configOf, dialectP, exitsOf } from './testing/compiled.ts'

describe('what dialect P relaxes is a warning', () => {
  test('an unknown key', () => {
    const compilation = dialectP(`- {id: a, action: inform, colour: red, next_step: end}`)
    expect(compilation).toMatchObject({ ok: true, diagnostics: [{ code: 'unknown_key', severity: 'warning' }] })
  })

  test('a field that nothing writes', () => {
    const compilation = dialectP(`- {id: a, action: evaluate, conditions: [{condition: mood == good, next_step: end}]}`)
    expect(compilation).toMatchObject({ ok: true, diagnostics: [{ code: 'unknown_field', severity: 'warning' }] })
  })

  test('no branch, no else: the case goes to a person', () => {
    const compilation = dialectP(`- {id: a, action: evaluate, conditions: [{condition: case_id == x, next_step: end}]}`)
    expect(exitsOf(compilation, 'a')['failure']).toBe('$handoff')
    expect(configOf(compilation, 'a', 'decide')).not.toHaveProperty('otherwise')
  })

  test('a step that says nothing of where it goes on ends', () => {
    const compilation = dialectP(`- {id: a, action: inform}`)
    expect(codesOf(compilation)).toEqual(['no_way_on'])
    expect(exitsOf(compilation, 'a')).toEqual({ success: 'end' })
  })

  test('an operation that nobody offers, as long as no step calls it', () => {
    const head = 'available_tools: [lookup_order, lookup_ordr]'
    const { ok, diagnostics } = dialectP(`- {id: a, action: end}`, head)
    expect({ ok, diagnostics }).toMatchObject({ ok: true, diagnostics: [{ code: 'unknown_operation', line: 3 }] })
    expect(diagnostics[0]?.fix).toBe('Did you mean "lookup_order"?')
  })

  test('saving to memory is done', () => {
    const call = `{name: add_case_note, arg_mappings: [{param: case_id, source: case_id}], fixed_args: {note: done}}`
    const compilation = dialectP(`- {id: a, action: tool_call, tools: [${call}], on_success: end, save_memory: true}`)
    expect(codesOf(compilation)).toEqual([])
  })

  test('next_step is honoured on an evaluate, as its else', () => {
    const compilation = dialectP(`
- {id: a, action: evaluate, conditions: [{condition: case_id == x, next_step: end}], next_step: b}
- {id: b, action: end}`)
    expect(exitsOf(compilation, 'a')['else']).toBe('b')
  })

  test('a condition that went wrong is no free text', () => {
    const compilation = dialectP(
      `- {id: a, action: evaluate, conditions: [{condition: "case_id == ", next_step: end}]}`,
    )
    expect(codesOf(compilation)).toEqual(['condition_invalid'])
  })

  test('categories without a branch are labels too', () => {
    const compilation = dialectP(`
- id: a
  action: evaluate
  conditions: [{condition_description: They are happy, next_step: b}]
  classify_categories: [b, c]
  classify_result_key: mood
- {id: b, action: end}
- {id: c, action: end}`)
    expect(configOf(compilation, 'a', 'classify')).toMatchObject({
      resultKey: 'mood',
      labels: [
        { id: 'b', description: 'They are happy', exit: 'b' },
        { id: 'c', exit: 'c' },
      ],
    })
  })
})
