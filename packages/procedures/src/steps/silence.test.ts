import { describe, expect, test } from 'vitest'
import { codesOf, configOf, exitsOf, ours, procedureOf } from '../testing/compiled.ts'

const ask = (silence: string, more = ''): string => `
- id: ask
  action: collect_info
  say: Which order?
  extract_fields: [{key: order_id, description: The order}]
  required_fields: [order_id]
  next_step: done
${silence}- id: done
  action: end
  say: Thanks.
${more}`

const silenceOf = (compilation: ReturnType<typeof ours>, id: string, op: string) =>
  configOf(compilation, id, op)['silence']

describe('what a step does about silence', () => {
  test('becomes times and words of its leaf, and an exit where it leaves', () => {
    const compilation = ours(
      ask(`  on_silence:
    - {after: 10m, do: nudge, say: {en: Are you there?, es: ¿Sigue ahí?}}
    - {after: 1h 30m, do: handoff}
`),
    )
    expect(silenceOf(compilation, 'ask', 'collect')).toEqual([
      { afterMs: 600_000, say: { en: 'Are you there?', es: '¿Sigue ahí?' } },
      { afterMs: 5_400_000, exit: 'silence' },
    ])
    expect(exitsOf(compilation, 'ask')).toMatchObject({ silence: '$silent' })
    expect(configOf(compilation, '$silent', 'handoff')).toMatchObject({ reason: 'silence' })
  })

  test('may wait until the tenant is open', () => {
    const compilation = ours(ask('  on_silence: [{after: 10m, during: opening_hours, do: nudge}]\n'))
    expect(silenceOf(compilation, 'ask', 'collect')).toEqual([{ afterMs: 600_000, during: 'opening_hours' }])
  })

  test('may end the session, or go on at a step', () => {
    const ending = ours(ask('  on_silence: [{after: 1h, do: end, say: I close this for now.}]\n'))
    expect(exitsOf(ending, 'ask')).toMatchObject({ silence: '$silent_end' })
    expect(configOf(ending, '$silent_end', 'end')).toMatchObject({ outcome: 'silent' })
    expect(exitsOf(ours(ask('  on_silence: [{after: 1h, goto: done}]\n')), 'ask')).toMatchObject({ silence: 'done' })
  })

  test('is no yes: money that it leads to, at once or by way of another step, is asked for', () => {
    const pay = (more = '') => `- id: pay
  action: tool_call
  tools: [{name: issue_refund, arg_mappings: [{param: order_id, source: order_id}]}]
  next_step: done
${more}`
    const note = '- id: note\n  action: inform\n  say: You said nothing.\n  next_step: pay\n'
    for (const [to, between] of [
      ['pay', ''],
      ['note', note],
    ] as const) {
      const silence = `  on_silence: [{after: 1h, goto: ${to}}]\n`
      expect(codesOf(ours(ask(silence, between + pay()))), to).toContain('confirm_missing')
      expect(codesOf(ours(ask(silence, between + pay('  confirm: true\n')))), to).not.toContain('confirm_missing')
    }
  })

  test('is what the procedure says, unless the step says so itself, and nothing where nothing waits', () => {
    const head = 'on_silence: [{after: 10m, do: nudge}]'
    const more = `- id: choice
  action: inform
  say: What now?
  options: [{label: Again, next_step: ask}]
  default: done
  on_silence: []
`
    const compilation = ours(ask('', more).replace('next_step: done', 'next_step: choice'), head)
    expect(silenceOf(compilation, 'ask', 'collect')).toEqual([{ afterMs: 600_000 }])
    expect(silenceOf(compilation, 'choice', 'choose')).toBeUndefined()
    expect(configOf(compilation, 'done', 'end')['silence']).toBeUndefined()
    const without = ours(ask('', more).replace('next_step: done', 'next_step: choice'))
    expect(procedureOf(without).treeHash).not.toBe(procedureOf(compilation).treeHash)
  })

  test('holds for choices, pauses, confirmations and matches', () => {
    const more = `- id: pay
  action: tool_call
  confirm: true
  tools: [{name: issue_refund, arg_mappings: [{param: order_id, source: order_id}]}]
  next_step: pick
  await_input: true
  ask: Is that it?
- id: pick
  action: inform
  say: Which?
  options: [{label: Done, next_step: done}]
`
    const compilation = ours(
      ask('', more).replace('next_step: done', 'next_step: pay'),
      'on_silence: [{after: 1h, do: handoff}]',
    )
    const leaves: [string, string][] = [
      ['pay', 'confirm'],
      ['pay', 'call'],
      ['pay', 'pause'],
      ['pick', 'choose'],
    ]
    for (const [id, op] of leaves) {
      expect(silenceOf(compilation, id, op)).toEqual([{ afterMs: 3_600_000, exit: 'silence' }])
      expect(exitsOf(compilation, id)).toMatchObject({ silence: '$silent' })
    }
  })
})

describe('faults', () => {
  const placesOf = (silence: string, head = ''): string[] => {
    const { diagnostics } = ours(ask(silence), head)
    return diagnostics.map(
      ({ line, column, code, path, fix }) => `${line}:${column} ${code} ${path} ${fix ? '+' : '-'}`,
    )
  }

  test.each([
    ['{after: 10m, do: nugde}', '14:26 silence_invalid steps.ask.on_silence.0.do +'],
    ['{after: soon, do: nudge}', '14:17 duration_invalid steps.ask.on_silence.0.after +'],
    ['{after: 9s, do: nudge}', '14:17 silence_too_soon steps.ask.on_silence.0.after +'],
    ['{after: 1h, goto: dnoe}', '14:27 unknown_target steps.ask.on_silence.0.goto +'],
    ['{after: 1h}', '14:9 silence_invalid steps.ask.on_silence.0 +'],
    ['{after: 1h, do: end, goto: done}', '14:9 silence_invalid steps.ask.on_silence.0 +'],
    ['{do: nudge}', '14:9 missing_key steps.ask.on_silence.0.after +'],
  ])('%s', (entry, place) => {
    expect(placesOf(`  on_silence:\n    - ${entry}\n`)).toEqual([place])
  })

  test('times that do not ascend, and what comes after the end', () => {
    expect(placesOf('  on_silence: [{after: 1h, do: nudge}, {after: 10m, do: nudge}]\n')).toEqual([
      '13:50 silence_order steps.ask.on_silence.1.after +',
    ])
    expect(placesOf('  on_silence: [{after: 1h, do: end}, {after: 2h, do: nudge}]\n')).toEqual([
      '13:40 silence_order steps.ask.on_silence.1 +',
    ])
  })

  test('of the procedure’s own list are said once', () => {
    expect(placesOf('', 'on_silence: [{after: 1s, do: nudge}]')).toEqual(['4:24 silence_too_soon on_silence.0.after +'])
  })

  test('silence is no yes to what needs one', () => {
    const more = `- id: pay
  action: tool_call
  tools: [{name: issue_refund, arg_mappings: [{param: order_id, source: order_id}]}]
  next_step: done
`
    expect(codesOf(ours(ask('  on_silence: [{after: 1h, goto: pay}]\n', more)))).toContain('confirm_missing')
  })
})
