import { describe, expect, test } from 'vitest'
import { besideOf, compileProcedure, type Compilation } from '../index.ts'
import { catalogue } from '../testing/catalogue.ts'
import { buildTree } from '../testing/tree.ts'
import { configOf, exitsOf, procedureOf } from '../testing/compiled.ts'

const identify = `copse: 1
procedure:
  id: identify
  inputs: {hint: {type: string, required: false}, most: number}
  outputs: {order_id: string, order_data: object, note: {type: text, required: false}}
  fields: {days: order_data.days_since_delivery}
  steps:
    - id: ask
      action: collect_info
      say: "Which one? {{hint}}, {{most}}, {{case_id}}"
      extract_fields: [{key: order_id}, {key: note, type: text}]
      required_fields: [order_id]
      next_step: look
      on_failure: unknown
    - id: look
      action: tool_call
      tools: [{name: lookup_order, arg_mappings: [{param: order_id, source: order_id}]}]
      on_success: late
      on_failure: ask
    - id: late
      action: evaluate
      conditions: [{condition: days > order_data.limit, next_step: unknown}]
      else: end
    - {id: unknown, action: end, outcome: not_found, say: Sorry.}
`
const step = `- id: which
  action: subprocedure
  procedure: identify
  inputs: {most: wanted}
  outputs: {order_id: order_id, order_data: order}
  next_step: done
  on_failure: handoff`
const first = `- id: ask_most
  action: collect_info
  say: How many?
  extract_fields: [{key: wanted, type: integer}]
  required_fields: [wanted]
  next_step: which
`
const rest = `
- {id: done, action: end, say: "{{order_id}} {{order.status}}"}`

const indented = (text: string): string => text.replace(/^(?=.)/gm, '    ')
const using = (steps: string, others: Record<string, string> = { identify }): Compilation =>
  compileProcedure(
    `copse: 1\nprocedure:\n  id: refund\n  triggers: [refund]\n  steps:\n${indented(steps)}`,
    {
      ...catalogue,
      beside: besideOf(() => Object.entries(others).map(([id, text]) => ({ file: `${id}.procedure.yaml`, text }))),
    },
    { file: 'refund.procedure.yaml' },
  )
const faults = (compilation: Compilation): string[] =>
  compilation.diagnostics.map(
    ({ file, line, code, fix }) => `${file}:${line} ${code}${fix === undefined ? '' : ` ${fix}`}`,
  )
/** With one thing changed in the step that uses it. */
const changed = (from: string, to: string): string[] => faults(using(first + step.replace(from, to) + rest))

describe('a procedure as a step of another', () => {
  const compiled = using(first + step + rest)

  test('is put in its place, with ids of its own, and what it says at its end leads on', () => {
    expect(faults(compiled)).toEqual([])
    const { tree } = procedureOf(compiled)
    expect(tree.root.children?.map(({ name }) => name).filter((name) => !name?.startsWith('$'))).toEqual([
      'ask_most',
      'which',
      'which.ask',
      'which.look',
      'which.late',
      'which.unknown',
      'which.end',
      'done',
    ])
    expect(exitsOf(compiled, 'which')).toEqual({ success: 'which.ask', failure: '$handoff' })
    expect(exitsOf(compiled, 'which.late')).toMatchObject({ else: 'which.end' })
    expect(exitsOf(compiled, 'which.unknown')).toEqual({ success: '$handoff' })
    expect(exitsOf(compiled, 'which.end')).toEqual({ success: 'done', failure: '$handoff' })
    buildTree(tree)
  })

  test('has fields of its own: what it collects, finds, says and decides on is kept apart', () => {
    expect(configOf(compiled, 'which.ask', 'collect')).toMatchObject({
      step: 'which.ask',
      say: { en: 'Which one? {{which__hint}}, {{which__most}}, {{case_id}}' },
      fields: [{ key: 'which__order_id', title: 'order id' }, { key: 'which__note' }],
      required: ['which__order_id'],
      triggers: ['refund'],
    })
    expect(configOf(compiled, 'which.look', 'call')).toMatchObject({
      scope: 'which__',
      arguments: [{ param: 'order_id', source: 'which__order_id' }],
    })
    expect(configOf(compiled, 'which.late', 'decide')).toMatchObject({
      branches: [{ when: { field: 'which__days', value: { path: 'which__order_data.limit' } } }],
    })
    expect(procedureOf(compiled).tree.aliases).toEqual({ which__days: 'which__order_data.days_since_delivery' })
  })

  test('is handed its inputs, and hands out its outputs', () => {
    expect(configOf(compiled, 'which', 'pass')).toMatchObject({
      scope: 'which__',
      values: [{ to: 'which__most', source: 'wanted', required: true }],
    })
    expect(configOf(compiled, 'which.end', 'pass')).toMatchObject({
      values: [
        { to: 'order_id', source: 'which__order_id', required: true },
        { to: 'order', source: 'which__order_data', required: true },
      ],
    })
  })

  test('gives the same ids and the same hash each time; used twice it is there twice', () => {
    expect(procedureOf(using(first + step + rest)).treeHash).toBe(procedureOf(compiled).treeHash)
    const twice = using(
      first + step.replace('next_step: done', 'next_step: other') + rest + `\n${step.replace('which', 'other')}`,
    )
    expect(faults(twice)).toEqual([])
    expect(procedureOf(twice).tree.root.children?.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['which.ask', 'other.ask']),
    )
  })

  test('is by itself no procedure that a customer begins', () => {
    const alone = compileProcedure(identify, catalogue)
    expect(alone).toMatchObject({ ok: true, diagnostics: [], composed: { isSubprocedure: true, parts: [] } })
    expect(compiled).toMatchObject({
      composed: { isSubprocedure: false, parts: [{ prefix: 'which.', file: 'identify.procedure.yaml' }] },
    })
  })

  test('may itself use others, whose ids say where they stand', () => {
    const outer =
      identify.replace('id: identify', 'id: outer').replace('next_step: look', 'next_step: inner') +
      '    - {id: inner, action: subprocedure, procedure: identify, inputs: {most: most}, next_step: look}\n'
    const nested = using(first + step.replace('procedure: identify', 'procedure: outer') + rest, { outer, identify })
    expect(faults(nested)).toEqual([])
    expect(configOf(nested, 'which.inner.look', 'call')).toMatchObject({ scope: 'which__inner__' })
    buildTree(procedureOf(nested).tree)
  })
})

describe('what is wrong with the step is said at its line', () => {
  test.each([
    [
      'a name that is not there',
      'procedure: identify',
      'procedure: identfy',
      '14 unknown_procedure Did you mean "identify"?',
    ],
    [
      'an input that it does not take',
      'most: wanted',
      'most: wanted, moist: wanted',
      '15 unknown_input Did you mean "most"?',
    ],
    [
      'an output that it does not give',
      'order_id: order_id',
      'order_ids: order_id',
      '16 unknown_output Did you mean "order_id"?',
    ],
    [
      'an input that nobody gives',
      'inputs: {most: wanted}',
      'inputs: {}',
      '15 missing_input Add `most: …` to inputs, with the field that holds it.',
    ],
    ['a fixed input of another kind', 'inputs: {most: wanted}', 'fixed_inputs: {most: many}', '15 wrong_kind'],
  ])('%s', (_, from, to, said) => {
    expect(changed(from, to)).toContain(`refund.procedure.yaml:${said}`)
  })

  test('a field that holds another kind of value than the input takes, and an output into a field of another kind', () => {
    const fix = 'Name another field, or change the type of one of them.'
    expect(changed('most: wanted', 'most: wanted, hint: wanted')).toEqual([
      `refund.procedure.yaml:15 wrong_kind ${fix}`,
    ])
    expect(changed('order_id: order_id', 'order_id: wanted')).toContain(`refund.procedure.yaml:16 wrong_kind ${fix}`)
  })

  test('what is wrong inside is said of its own file, once', () => {
    const broken = { identify: identify.replace('next_step: look', 'next_step: lok') }
    const twice = `${step}\n${step.replace('which', 'again')}`
    expect(faults(using(twice + rest, broken)).filter((one) => one.startsWith('identify'))).toEqual([
      'identify.procedure.yaml:13 unknown_target Did you mean "look"?',
    ])
    expect(
      faults(using(first + step + rest, { identify: 'copse: 1\nprocedure:\n  id: identify\n  steps: []\n' })),
    ).toEqual(
      [
        'identify.procedure.yaml:4 invalid_value',
        'refund.procedure.yaml:6 unknown_output It declares no outputs: add `outputs:` to its head.',
      ].filter((one) => one.startsWith('identify')),
    )
  })

  test('procedures that lead into each other: the whole circle, with lines', () => {
    const to = (id: string, other: string): string =>
      `copse: 1\nprocedure:\n  id: ${id}\n  steps:\n    - {id: go, action: subprocedure, procedure: ${other}, next_step: end}\n`
    const round = using('- {id: go, action: subprocedure, procedure: a, next_step: end}', {
      a: to('a', 'b'),
      b: to('b', 'refund'),
    })
    expect(round.diagnostics).toMatchObject([
      {
        code: 'cyclic_subprocedure',
        file: 'b.procedure.yaml',
        line: 5,
        message:
          'A procedure cannot be a step of itself: "refund" (refund.procedure.yaml:6) → "a" (a.procedure.yaml:5) → "b" (b.procedure.yaml:5) → "refund".',
      },
    ])
  })

  test('procedures that double at each level are refused before they fill the memory', () => {
    const level = (n: number): string => {
      const use = (id: string, next: string): string =>
        `    - {id: ${id}, action: subprocedure, procedure: l${n + 1}, next_step: ${next}}\n`
      const steps = Array.from({ length: 30 }, (_, at) => use(`s${at}`, at < 29 ? `s${at + 1}` : 'end')).join('')
      return `copse: 1\nprocedure:\n  id: l${n}\n  steps:\n${steps}`
    }
    const levels = Object.fromEntries(Array.from({ length: 7 }, (_, n) => [`l${n}`, level(n)]))
    const started = process.cpuUsage()
    const found = using('- {id: go, action: subprocedure, procedure: l0, next_step: end}', levels)
    const { user, system } = process.cpuUsage(started)
    expect(faults(found).some((one) => one.includes('too_large'))).toBe(true)
    expect((user + system) / 1_000).toBeLessThan(5_000)
  })

  test('a step that is called like one of those that are put in', () => {
    const both = using(`${first}${step}${rest}\n- {id: which.ask, action: end, say: Hello.}`)
    expect(faults(both)).toContain('refund.procedure.yaml:14 duplicate_id Give one of the two another id.')
  })

  test('an input that a customer who begins it could not give; an output that nothing writes', () => {
    const begun = identify.replace('  steps:', '  triggers: [where]\n  steps:')
    expect(compileProcedure(begun, catalogue).diagnostics).toMatchObject([{ code: 'input_not_given', line: 4 }])
    const unwritten = identify.replace('note: {type: text', 'notes: {type: text')
    expect(compileProcedure(unwritten, catalogue).diagnostics).toMatchObject([
      { code: 'unknown_field', line: 5, fix: 'Did you mean "note"?' },
    ])
  })
})
