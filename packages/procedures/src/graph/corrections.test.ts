import { describe, expect, it } from 'vitest'
import { codesOf, configOf, exitsOf, ours, procedureOf } from '../testing/compiled.ts'

const steps = (book = '') => `- id: ask
  action: collect_info
  extract_fields: [{key: order_id, examples: [ORD-1]}, {key: amount, type: amount}]
  required_fields: [order_id]
  next_step: find
- id: find
  action: tool_call
  tools: [{name: lookup_order, arg_mappings: [{param: order_id, source: order_id}]}]
  on_success: judge
- id: judge
  action: evaluate
  conditions: [{condition: state == sent, next_step: sent}]
  else: note
- id: sent
  action: inform
  say: "It was {{order_data.item}}."
  next_step: note
- id: note
  action: tool_call
  tools: [{name: update_case_status, arg_mappings: [{param: case_id, source: case_id}], fixed_args: {status: noted}}]
  on_success: offer
- id: offer
  action: inform
  say: Shall I pay it back?
  options: [{label: Pay, next_step: pay}, {label: "No", next_step: end}]
- id: pay
  action: tool_call
  tools: [{name: issue_refund, arg_mappings: [{param: order_id, source: order_data.order_id}]}]
  ${book}
  on_success: last
- id: last
  action: inform
  say: Is that all?
  options: [{label: "Yes", next_step: end}]
`
const takeBack = `- id: take_back
  action: tool_call
  tools: [{name: issue_store_credit, arg_mappings: [{param: order_id, source: order_data.order_id}]}]
`
const head = 'fields: {state: order_data.status}'
const correct = (made: ReturnType<typeof ours>) => configOf(made, '$correct', 'correct')

describe('corrections', () => {
  it('can be made at every step that waits, for what was asked for before it', () => {
    const made = ours(steps(), head)
    expect(exitsOf(made, 'offer')).toMatchObject({ 'correct:order_id': '$correct', 'correct:amount': '$correct' })
    // What it asks for itself it takes itself, and who waits for nothing hears nothing.
    for (const id of ['ask', 'find', 'judge', 'sent', 'note'])
      expect(Object.keys(exitsOf(made, id)).filter((exit) => exit.startsWith('correct:'))).toEqual([])
  })

  it('know what each step looks at and what it finds out, through other names and in texts', () => {
    expect(correct(ours(steps(), head))).toMatchObject({
      askedBy: { order_id: ['ask'], amount: ['ask'] },
      steps: {
        find: { reads: ['order_id'], writes: ['order_data'] },
        judge: { reads: ['state', 'order_data'] },
        sent: { reads: ['order_data'] },
        note: { reads: ['case_id'] },
        pay: { reads: ['order_data'], decidedBy: ['offer'] },
      },
    })
  })

  it('take no step for decided by what comes after it, though that may go to a person', () => {
    const toPerson = '- {id: sorry, action: inform, say: No money moves today., next_step: handoff}\n'
    const { note, pay } = correct(ours(steps('on_unavailable: sorry') + toPerson, head))['steps'] as {
      [step: string]: { decidedBy?: string[] } | undefined
    }
    expect(note?.decidedBy).toBeUndefined()
    expect(pay?.decidedBy).toEqual(['offer'])
  })

  it('lead back to where the field was asked for, and to a person where something cannot be taken back', () => {
    expect(exitsOf(ours(steps(), head), '$correct')).toMatchObject({ 'to:ask': 'ask', handoff: '$corrected' })
  })

  it('keep a tree of many questions small: of so many, those asked last can be corrected', () => {
    const asking = (count: number): string =>
      Array.from(
        { length: count },
        (_, at) => `- id: s${at}
  action: collect_info
  extract_fields: [{key: f${at}, examples: [ORD-1]}]
  required_fields: [f${at}]
  next_step: ${at + 1 < count ? `s${at + 1}` : 'end'}
`,
      ).join('')
    const exits = Object.keys(exitsOf(ours(asking(80)), 's79')).filter((exit) => exit.startsWith('correct:'))
    expect([exits.length, exits.at(-1)]).toEqual([50, 'correct:f78'])
    const sizeOf = (count: number): number => JSON.stringify(procedureOf(ours(asking(count))).tree).length
    expect(sizeOf(400) / sizeOf(200)).toBeLessThan(2.5)
  })

  it('are not there where nothing is asked for', () => {
    const made = ours('- {id: a, action: inform, say: Hello., options: [{label: Bye, next_step: end}]}\n')
    expect(JSON.stringify(procedureOf(made).tree)).not.toContain('correct')
  })
})

describe('compensate', () => {
  it('names a step that comes back, needs no way on and is led to', () => {
    const made = ours(steps('compensate: take_back') + takeBack, head)
    expect(codesOf(made)).toEqual([])
    expect(configOf(made, 'pay', 'call')['undo']).toEqual(['take_back'])
    expect(exitsOf(made, '$correct')).toMatchObject({ 'undo:take_back': { to: 'take_back', return: true } })
  })

  it.each([
    ['compensate: take_bak', 'unknown_target'],
    ['compensate: [take_back, offer]', 'compensate_invalid'],
    ['compensate: handoff', 'compensate_invalid'],
    ['compensate: end', 'compensate_invalid'],
    ['compensate: pay', 'compensate_invalid'],
  ])('%s is refused', (given, code) => {
    expect(codesOf(ours(steps(given) + takeBack, head))).toContain(code)
  })

  it('of a step that changes nothing is warned of', () => {
    const only = steps().replace('  on_success: judge', '  compensate: take_back\n  on_success: judge')
    expect(codesOf(ours(only + takeBack, head))).toContain('compensate_unused')
  })
})
