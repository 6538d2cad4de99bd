import { operationManifest, type OperationManifest } from '@copse/contracts'
import { readAnswers } from '../answers/answers.ts'
import { openDesk, type Desk, type DeskSettings } from '../desk.ts'
import { readScenarios } from '../parse-scenarios.ts'
import { runScenarios, type ScenarioResult } from '../run-scenarios.ts'

/** Two operations of an invented shop. */
export const operations: OperationManifest[] = [
  operationManifest.parse({
    name: 'find_order',
    effect: 'read',
    params: { order_id: { type: 'string', required: true } },
    writes: [{ field: 'order' }],
  }),
  operationManifest.parse({
    name: 'pay_back',
    effect: 'idempotent',
    params: { order_id: { type: 'string', required: true } },
    naturalKey: ['order_id'],
  }),
]

/** Every kind of step once: asks, looks up, decides, offers, pays, ends. */
export const shop = `copse: 1
procedure:
  id: shop
  version: "1"
  triggers: [refund]
  steps:
    - id: ask
      action: collect_info
      say: {en: Which order?}
      extract_fields:
        - {key: order_id, description: Order number, examples: [ORD-1, ORD-22]}
      required_fields: [order_id]
      next_step: look
      on_failure: handoff
      on_silence:
        - {after: 10m, do: nudge, say: {en: Are you still there?}}
        - {after: 1h, do: handoff}
    - id: look
      action: tool_call
      tools:
        - {name: find_order, arg_mappings: [{param: order_id, source: order_id}]}
      on_success: decide
      on_failure: ask
    - id: decide
      action: evaluate
      conditions:
        - {condition: order.days <= 30, next_step: pay}
        - {condition: order.vip == yes, next_step: pay}
      else: offer
    - id: offer
      action: inform
      say: {en: It is too late. A person?}
      options:
        - {label: {en: Yes}, description: A person, detection_keywords: ["yes"], next_step: handoff}
        - {label: {en: No}, description: Nothing, detection_keywords: ["no"], next_step: done}
    - id: pay
      action: tool_call
      say: {en: It is paid back.}
      tools:
        - {name: pay_back, arg_mappings: [{param: order_id, source: order_id}]}
      on_success: done
      on_failure: handoff
    - id: done
      action: end
      say: {en: Goodbye.}
`

export function deskOf(procedure: string, answers = '{}', more: Partial<DeskSettings> = {}): Desk {
  const { desk, diagnostics } = openDesk({
    sources: [{ file: 'shop.procedure.yaml', text: procedure }],
    operations,
    answers: readAnswers(answers, 'shop.answers.yaml', operations),
    business: undefined,
    languages: ['en'],
    timeZone: 'UTC',
    startAt: Date.UTC(2026, 0, 12, 10),
    patienceMs: 2_000,
    ...more,
  })
  if (!desk) throw new Error(JSON.stringify(diagnostics))
  return desk
}

export const results = (scenarios: string, desk: Desk): Promise<ScenarioResult[]> =>
  runScenarios(readScenarios(scenarios, 'shop.scenarios.yaml'), desk)
