import { describe, expect, it } from 'vitest'
import { codesOf, configOf, exitsOf, ours, procedureOf, stageOf } from '../testing/compiled.ts'

const steps = `- id: ask
  action: collect_info
  extract_fields: [{key: order_id, examples: [ORD-1]}]
  required_fields: [order_id]
  next_step: choose
- id: choose
  action: inform
  say: Is that all?
  options: [{label: "Yes", next_step: end}]
`
const withGlobals = (globals: string) => ours(steps, `globals: ${globals}`)
const told = (globals: string) =>
  withGlobals(globals).diagnostics.map(({ code, path, message, fix }) =>
    `${code} ${path} ${message} ${fix ?? ''}`.trim(),
  )

describe('the header `globals`', () => {
  it('is kept with the tree: words, sentences per language, and what is off', () => {
    const made = withGlobals(
      '{cancel: {say: {en: "Bye, {{order_id}}.", es: Adiós.}, words: [enough]}, questions: off, repeat: off}',
    )
    expect(codesOf(made)).toEqual([])
    expect(configOf(made, '$globals', 'globals')).toMatchObject({
      cancel: { say: { en: 'Bye, {{order_id}}.', es: 'Adiós.' }, words: ['enough'] },
      questions: { off: true },
      repeat: { off: true },
    })
  })

  it('leaves the tree as it is where it says nothing', () => {
    expect(procedureOf(withGlobals('{}')).treeHash).toBe(procedureOf(ours(steps)).treeHash)
  })

  it('words what who asks for a person is told', () => {
    expect(JSON.stringify(stageOf(withGlobals('{person: {say: I fetch somebody.}}'), '$person'))).toContain(
      'I fetch somebody.',
    )
  })

  it('switches corrections off, and the steps have no way for them', () => {
    expect(exitsOf(ours(steps), 'choose')).toHaveProperty(['correct:order_id'])
    expect(exitsOf(withGlobals('{corrections: off}'), 'choose')).not.toHaveProperty(['correct:order_id'])
  })

  it.each([
    ['{cancle: off}', 'unknown_key globals.cancle "cancle" is not a key that is known here. Did you mean "cancel"?'],
    ['{cancel: {sya: x}}', 'unknown_key globals.cancel.sya "sya" is not a key that is known here. Did you mean "say"?'],
    ['{repeat: {say: x}}', 'unknown_key globals.repeat.say "say" is not a key that is known here. Known: words.'],
    ['{cancel: on}', 'invalid_value globals.cancel "cancel" should be off, or hold "say" and "words".'],
    [
      '{questions: {words: [x]}}',
      'unknown_key globals.questions.words "words" is not a key that is known here. Remove it.',
    ],
    ['{cancel: {words: []}}', 'invalid_value globals.cancel.words "words" names at least one.'],
    ['{cancel: {say: "{{nobody}}"}}', 'unknown_field globals.cancel.say Nothing writes "nobody".'],
  ])('%s is refused with its place', (globals, expected) => {
    expect(told(globals)).toEqual([expect.stringContaining(expected)])
  })
})
