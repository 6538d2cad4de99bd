import { existsSync, readFileSync } from 'node:fs'
import { field, type Field } from '@copse/contracts'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { classifyOffline } from './classify.ts'
import { extractOffline } from './extract.ts'

const folder = new URL('../../../../../shared/fixtures/bt-workflow-engine/procedures/', import.meta.url)

interface Step {
  id: string
  extract_fields?: { key: string; description: string; examples: string[] }[]
  conditions?: { condition_description: string; next_step: string }[]
}

function open(file: string): { triggers: string[]; fields: Field[]; step(id: string): Step | undefined } {
  const { procedure } = parse(readFileSync(new URL(file, folder), 'utf8')) as {
    procedure: { trigger_intents: string[]; steps: Step[] }
  }
  return {
    triggers: procedure.trigger_intents,
    fields: (procedure.steps[0]?.extract_fields ?? []).map((one) => field.parse(one)),
    step: (id) => procedure.steps.find((step) => step.id === id),
  }
}

const read = (file: string, message: string, given: { asked?: string[]; opening?: boolean } = {}) => {
  const { fields, triggers } = open(file)
  return extractOffline({ message, fields, triggers, asked: [], opening: true, today: '2026-11-20', ...given })
}

const labels = (file: string, id: string) =>
  (open(file).step(id)?.conditions ?? []).map((one) => ({
    id: one.next_step,
    description: one.condition_description,
  }))

describe.skipIf(!existsSync(folder))('procedures written for the older engine', () => {
  it.each([
    ['I want a refund for my order from TechMart', { merchant_name: 'TechMart' }],
    ['ORD-123', { order_id: 'ORD-123' }],
    ['order 456', { order_id: 'ORD-456' }],
    ['refund my $80 headphones', { amount: 80, item_description: 'headphones' }],
    [
      'running shoes from sportzone, about 50 dollars',
      { item_description: 'running shoes', merchant_name: 'SportZone', amount: 50 },
    ],
    ['I want my money back for order #789', { order_id: 'ORD-789' }],
    ['I want a refund', {}],
  ])('refund: «%s»', (message, values) => {
    expect(read('customer_service_refund.yaml', message)).toEqual(values)
  })

  it.each([
    [
      'I have a complaint: the headphones arrived broken',
      { complaint_description: 'the headphones arrived broken', item_description: 'headphones' },
    ],
    ['I have a complaint', {}],
    ["I'm unhappy with TechMart", { merchant_name: 'TechMart' }],
    ['bad experience, the agent was rude to me', { complaint_description: 'the agent was rude to me' }],
  ])('complaint: «%s»', (message, values) => {
    expect(read('customer_service_complaint.yaml', message)).toEqual(values)
  })

  it('complaint: a reply to «what happened?» is the description, an unwilling one is not', () => {
    const given = { asked: ['complaint_description'], opening: false }
    expect(read('customer_service_complaint.yaml', 'they charged me twice', given)).toEqual({
      complaint_description: 'they charged me twice',
    })
    expect(read('customer_service_complaint.yaml', 'dunno', given)).toEqual({})
  })

  it.each([
    ['Please look at FA-001', { alert_id: 'FA-001' }],
    ['alert FA-042', { alert_id: 'FA-042' }],
    ['triage alert 42', { alert_id: 'FA-042' }],
    ['there is a fraud alert', {}],
  ])('fraud: «%s»', (message, values) => {
    expect(read('fraud_ops_alert_triage.yaml', message)).toEqual(values)
  })

  it.each([['customer_service_refund.yaml'], ['customer_service_complaint.yaml'], ['fraud_ops_alert_triage.yaml']])(
    '%s: every example is itself a value once it was asked for',
    (file) => {
      for (const one of open(file).fields) {
        for (const example of one.examples) {
          const values = extractOffline({
            message: example,
            fields: [one],
            asked: [one.key],
            opening: false,
            triggers: [],
            today: '2026-11-20',
          })
          expect(values, `${one.key}: ${example}`).toHaveProperty([one.key])
        }
      }
    },
  )

  it.each([
    ['the headphones arrived broken', 'lookup_context'],
    ['My package never arrived', 'lookup_context'],
    ['they charged me twice', 'attempt_resolution'],
    ['the agent was rude', 'attempt_resolution'],
    ['it is bad', 'none'],
  ])('complaint: «%s» is about %s', (complaint, label) => {
    const facts = { complaint_description: complaint, case_id: 'CASE-1', order_data: { status: 'delivered' } }
    expect(
      classifyOffline({ text: '', labels: labels('customer_service_complaint.yaml', 'identify_issue'), facts }),
    ).toBe(label)
  })

  it.each([
    [
      'take_action_flag',
      {
        alert_data: { severity: 'high', risk_score: 87, transactions_flagged: 3 },
        device_data: { logins: [{ is_new: 1 }], risk_indicators: ['new_device_login', 'geographic_anomaly'] },
      },
    ],
    [
      'escalate_senior',
      {
        alert_data: { severity: 'medium', risk_score: 55 },
        transaction_data: { transactions: [{ is_flagged: true }, { is_flagged: true }] },
        device_data: { logins: [{ is_new: false }], risk_indicators: [] },
      },
    ],
    ['take_action_clear', { alert_data: { severity: 'low', risk_score: 25, transactions_flagged: 3 } }],
    ['none', { alert_id: 'FA-009' }],
  ])('fraud: the evidence leads to %s', (label, facts) => {
    expect(
      classifyOffline({ text: 'FA-001', labels: labels('fraud_ops_alert_triage.yaml', 'assess_risk'), facts }),
    ).toBe(label)
  })
})
