import type { JsonObject, OperationOutcome } from '@copse/contracts'
import { expect, test } from 'vitest'
import { show } from './say/template.ts'
import { talkTo } from './testing/compiled.ts'

/** The offer comes from one step or from the other, as the plan says; what is booked uses it. */
const plans = `copse: 1
procedure:
  id: plan
  triggers: [plan]
  steps:
    - id: ask
      action: collect_info
      say: Which plan?
      extract_fields: [{key: plan, title: plan, enum: [basic, pro]}]
      required_fields: [plan]
      next_step: which
    - id: which
      action: evaluate
      conditions: [{condition: plan == pro, next_step: find_pro}]
      else: find_basic
    - id: find_pro
      action: tool_call
      tools: [{name: find_offer, fixed_args: {of: pro}, result_key: offer}]
      on_success: book
    - id: find_basic
      action: tool_call
      tools: [{name: find_offer, fixed_args: {of: basic}, result_key: offer}]
      on_success: book
    - id: book
      action: tool_call
      tools: [{name: book_offer, arg_mappings: [{param: offer, source: offer.id}], result_key: booked}]
      compensate: take_back
      on_success: more
    - id: more
      action: inform
      say: "{{booked.number}} is booked. Anything else?"
      options: [{label: "No", next_step: end}]
    - id: take_back
      action: tool_call
      tools: [{name: cancel_offer, arg_mappings: [{param: number, source: booked.number}]}]
`

const text = { type: 'string' as const, required: true }
const ok = (data: JsonObject): OperationOutcome => ({ status: 'ok', data })

async function booked(source: string) {
  const done: string[] = []
  const note = (what: string): OperationOutcome => {
    done.push(what)
    return ok({ number: what })
  }
  const talk = talkTo(source, [
    [{ name: 'find_offer', effect: 'read', params: { of: text } }, ({ of }) => ok({ id: `the ${show(of)} offer` })],
    [{ name: 'book_offer', effect: 'idempotent', params: { offer: text } }, ({ offer }) => note(show(offer))],
    [
      { name: 'cancel_offer', effect: 'idempotent', params: { number: text } },
      ({ number }) => note(`not ${show(number)}`),
    ],
  ])
  await talk.say('plan')
  expect(await talk.say('basic')).toMatchObject({ text: 'the basic offer is booked. Anything else?' })
  return { talk, done }
}

test('what was done with what one step found out is taken back where a correction makes another step find it out', async () => {
  const { talk, done } = await booked(plans)
  expect((await talk.say('sorry, I meant pro')).text).toContain('the pro offer is booked.')
  expect(done).toEqual(['the basic offer', 'not the basic offer', 'the pro offer'])
})

test('and where nobody said how to take it back, a person gets it', async () => {
  const { talk, done } = await booked(
    plans.replace('      compensate: take_back\n', '').replace(/ {4}- id: take_back.*$/s, ''),
  )
  const { status, handoffs } = await talk.say('sorry, I meant pro')
  expect([status, handoffs[0]?.reason]).toEqual(['escalated', 'corrected_too_late'])
  expect(done).toEqual(['the basic offer'])
})
