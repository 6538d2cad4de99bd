import { operationManifest, type OperationManifest } from '@copse/contracts'
import type { z } from 'zod'
import type { Catalogue } from '../steps/context.ts'

/** Operations of an invented shop and bank, enough to compile every procedure that the tests read. */
const text = { type: 'string' as const }
const needed = { type: 'string' as const, required: true }
const of = (name: string, given: Omit<z.input<typeof operationManifest>, 'name'>): OperationManifest =>
  operationManifest.parse({ name, ...given })

const order = { params: { order_id: needed, customer_id: needed, reason: text }, customer: 'customer_id' }

const all = [
  of('find_customer', { effect: 'read', identity: true, writes: [{ field: 'customer_name', from: 'name' }] }),
  of('lookup_order', { ...order, effect: 'read', writes: [{ field: 'order_data', from: 'order' }] }),
  of('search_orders', {
    effect: 'read',
    params: { customer_id: needed, merchant_name: text, item: text, amount: { type: 'number' } },
    customer: 'customer_id',
    writes: [
      { field: 'order_data', single: true },
      { field: 'order_id', from: 'order_id', single: true },
    ],
    options: { list: 'orders', id: 'order_id', title: '{{merchant_name}}' },
  }),
  of('issue_refund', { ...order, effect: 'idempotent', naturalKey: ['order_id'], confirm: true }),
  of('issue_store_credit', { ...order, effect: 'idempotent', naturalKey: ['order_id'], confirm: true }),
  of('update_case_status', { effect: 'idempotent', params: { case_id: needed, status: needed, notes: text } }),
  of('escalate_to_supervisor', {
    effect: 'idempotent',
    params: { case_id: needed, reason: text, priority: { ...text, enum: ['medium', 'high'], source: 'urgency' } },
    escalates: true,
  }),
  of('add_case_note', { effect: 'at-most-once', params: { case_id: needed, note: needed } }),
  of('get_fraud_alert', {
    effect: 'read',
    params: { alert_id: needed },
    writes: [{ field: 'alert_data' }, { field: 'account_id', from: 'account_id' }],
  }),
  of('get_account_transactions', { effect: 'read', params: { account_id: needed, days: { type: 'integer' } } }),
  of('check_device_fingerprint', { effect: 'read', params: { account_id: needed } }),
  of('flag_account', {
    effect: 'idempotent',
    params: { account_id: needed, reason: text, action: text },
    confirm: true,
  }),
  of('submit_sar', { effect: 'at-most-once', params: { account_id: needed }, confirm: true }),
  of('close_alert', { effect: 'idempotent', params: { alert_id: needed, resolution: needed } }),
]

export const catalogue: Catalogue = {
  operations: Object.fromEntries(all.map((operation) => [operation.name, operation])),
}
