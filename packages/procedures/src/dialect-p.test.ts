import { describe, expect, test } from 'vitest'
import { destination, type Target } from './graph/stage-graph.ts'
import { compileProcedure, type Compilation } from './index.ts'
import { catalogue } from './testing/catalogue.ts'
import { codesOf, configOf, dialectP, exitsOf, nodesOf, procedureOf, stageOf } from './testing/compiled.ts'
import { fixtures } from './testing/fixtures.ts'
import { buildTree } from './testing/tree.ts'

const of = (name: string): Compilation => {
  const found = fixtures.find(({ file }) => file.includes(name))
  return compileProcedure(found?.source ?? '', catalogue)
}

describe.skipIf(fixtures.length === 0)('the procedures of the earlier engine', () => {
  test.each(fixtures)('$file loads unchanged, builds, and every step can be reached', ({ file, source }) => {
    const compilation = compileProcedure(source, catalogue, { file })
    const { tree, dialect } = procedureOf(compilation)
    expect(dialect).toBe('p')
    expect(buildTree(tree).hash).toBe(procedureOf(compilation).treeHash)
    expect(codesOf(compilation)).not.toContain('unreachable_step')
    expect(reachable(tree.root.config)).toEqual(new Set(tree.root.children?.map((stage) => stage.name)))
  })

  test('"from TechMart" is enough for the refund: the search can run with it', () => {
    const { required, completeWhen } = configOf(of('refund'), 'greet_and_collect', 'collect')
    expect(required).toEqual(['order_id'])
    expect(completeWhen).toMatchObject({
      op: 'or',
      of: expect.arrayContaining([{ op: 'exists', field: 'merchant_name' }]),
    })
  })

  test('the lookup pauses, and a correction is read where the order is collected', () => {
    const refund = of('refund')
    expect(exitsOf(refund, 'lookup_order')['correct']).toEqual({ to: 'greet_and_collect', return: true })
    expect(configOf(refund, 'lookup_order', 'pause')['uses']).toEqual(
      expect.arrayContaining(['order_id', 'merchant_name', 'order_data']),
    )
  })

  test('a complaint in words of its own is free text; the item stays a name', () => {
    const { fields } = configOf(of('complaint'), 'greet_and_collect', 'collect') as {
      fields: { key: string; type: string }[]
    }
    const types = Object.fromEntries(fields.map(({ key, type }) => [key, type]))
    expect(types).toMatchObject({
      complaint_description: 'text',
      order_id: 'string',
      item_description: 'string',
      amount: 'amount',
    })
  })

  test('an account that only a model wants to freeze is frozen after a yes', () => {
    const fraud = of('fraud')
    expect(codesOf(fraud)).toContain('confirm_inserted')
    expect(configOf(fraud, 'take_action_flag', 'confirm')).toMatchObject({ entered: ['classification'] })
    expect(exitsOf(fraud, 'take_action_flag')['declined']).toBe('$handoff')
  })

  test('store credit that a keyword led to is confirmed, and a no goes back to the options', () => {
    const refund = of('refund')
    expect(configOf(refund, 'offer_store_credit', 'confirm')).toMatchObject({ entered: ['keyword', 'classification'] })
    expect(exitsOf(refund, 'offer_store_credit')['declined']).toBe('$back')
  })

  test('a refund that facts decided is not asked about again', () => {
    expect(nodesOf(stageOf(of('refund'), 'process_refund')).map(({ op }) => op)).not.toContain('confirm')
  })

  test('another alert number at "not found" is the option that looks it up', () => {
    const { options } = configOf(of('fraud'), 'alert_not_found', 'choose') as {
      options: { takes: { key: string }[] }[]
    }
    expect(options.map(({ takes }) => takes.map(({ key }) => key))).toEqual([['alert_id'], []])
  })
})

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

  test('saving to memory', () => {
    const call = `{name: add_case_note, arg_mappings: [{param: case_id, source: case_id}], fixed_args: {note: done}}`
    const compilation = dialectP(`- {id: a, action: tool_call, tools: [${call}], on_success: end, save_memory: true}`)
    expect(codesOf(compilation)).toEqual(['not_remembered'])
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

function reachable(config: unknown): Set<string> {
  const { initial, exits } = config as { initial: string; exits: Record<string, Record<string, Target>> }
  const seen = new Set<string>([initial])
  for (const id of seen) for (const target of Object.values(exits[id] ?? {})) seen.add(destination(target))
  seen.delete('end')
  seen.delete('$back')
  return seen
}
