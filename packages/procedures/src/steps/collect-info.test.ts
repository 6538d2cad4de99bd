import { expect, test } from 'vitest'
import { codesOf, configOf, dialectP, exitsOf, ours } from '../testing/compiled.ts'

const asking = (more: string) => `
- id: ask
  action: collect_info
  extract_fields:
    - {key: order_id, title: order number, type: string, examples: [ORD-1, 150]}
    - {key: email, type: email}
  ${more}
  next_step: end`

test('asks for what is required, three times unless said, then goes to a person', () => {
  const compilation = ours(asking('required_fields: [order_id]'), 'triggers: [refund, money back]')
  expect(configOf(compilation, 'ask', 'collect')).toMatchObject({
    step: 'ask',
    required: ['order_id'],
    maxAttempts: 3,
    triggers: ['refund', 'money back'],
    fields: [
      { key: 'order_id', title: 'order number', examples: ['ORD-1', '150'] },
      { key: 'email', type: 'email' },
    ],
  })
  expect(exitsOf(compilation, 'ask')).toEqual({ success: 'end', failure: '$handoff', person: '$person' })
})

test('attempts used up lead where the author says', () => {
  const compilation = ours(`${asking('on_failure: sorry')}\n- {id: sorry, action: end, outcome: given_up}`)
  expect(exitsOf(compilation, 'ask')['failure']).toBe('sorry')
})

test.each([
  ['[order_id, email]', [['order_id', 'email']]],
  ['[[order_id], [email]]', [['order_id'], ['email']]],
])('required_any %s', (given, groups) => {
  expect(configOf(ours(asking(`required_any: ${given}`)), 'ask', 'collect')['requiredAny']).toEqual(groups)
})

test('in our format it is complete only when what is required is there', () => {
  const lookup = `
- id: find
  action: tool_call
  tools: [{name: lookup_order, arg_mappings: [{param: order_id, source: order_id}]}]
  on_success: end`
  const steps = `${asking('required_fields: [order_id]').replace('next_step: end', 'next_step: find')}${lookup}`
  expect(configOf(ours(steps), 'ask', 'collect')).not.toHaveProperty('completeWhen')
  expect(configOf(dialectP(steps), 'ask', 'collect')).toHaveProperty('completeWhen')
})

const say = (text: string, head: string) => configOf(ours(asking(`say: ${text}`), head), 'ask', 'collect')['say']

test('what the customer reads is kept per language, and a plain text is in the language of the procedure', () => {
  expect(say('{en: "Which order?", es: "¿Qué pedido?"}', '')).toEqual({ en: 'Which order?', es: '¿Qué pedido?' })
  expect(say('"¿Qué pedido?"', 'language: es')).toEqual({ es: '¿Qué pedido?' })
})

test('waits for more of a reply as long as the author says, up to five seconds', () => {
  const quietMs = (quiet: string) => configOf(ours(asking(`quiet: ${quiet}`)), 'ask', 'collect')['quietMs']
  expect([quietMs('3s'), quietMs('0s')]).toEqual([3_000, 0])
  expect(configOf(ours(asking('max_attempts: 2')), 'ask', 'collect')['quietMs']).toBeUndefined()
  for (const wrong of ['soon', '1m', '-1s']) expect(codesOf(ours(asking(`quiet: ${wrong}`)))).toContain('quiet_invalid')
})
