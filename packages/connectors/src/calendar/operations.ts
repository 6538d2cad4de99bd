import { operationManifest, type OperationManifest } from '@copse/contracts'
import { summaries } from './summaries.ts'

type Param = { type: 'string' | 'integer'; required?: boolean; description: string; enum?: string[] }

/** Lengths in minutes. What is longer of the two is taken. */
const lengthOf = (length: string): Record<string, Param> => ({
  [length]: { type: 'integer', description: 'How long it takes, in minutes. Default: what the calendar says.' },
  presence_min: { type: 'integer', description: 'How long somebody must be there for it, in minutes.' },
})
const resource: Record<string, Param> = {
  resource: { type: 'string', description: 'With whom or where, by the name that the calendar has. Default: any.' },
}
const days: Record<string, Param> = {
  from_date: { type: 'string', description: 'First day, as YYYY-MM-DD. Default: today.' },
  lookahead_days: { type: 'integer', description: 'How many days from the first one. Default: all that are offered.' },
}
const period: Record<string, Param> = {
  period: { type: 'string', enum: ['morning', 'afternoon', 'any'], description: 'Half of the day. Default: any.' },
}
const contact: Record<string, Param> = {
  contact_id: { type: 'string', description: 'The verified contact: put in by itself, never asked for.' },
}
const event: Record<string, Param> = {
  event_id: { type: 'string', required: true, description: 'Id of an appointment of the contact.' },
}
const slot: Record<string, Param> = {
  slot: { type: 'string', required: true, description: 'When it starts, as ISO, e.g. 2026-11-23T10:00+01:00.' },
}

/** Items to choose from, in every list of this category. */
const choice = { list: 'items', id: 'id', title: '{{title}}' }
const mine = { contact: 'contact_id' }
const keyed = { effect: 'idempotent', reconcile: 'find_booking_of_key' } as const

let checked: readonly OperationManifest[] | undefined

/** Checked when they are first asked for: most tenants have no calendar. */
export const calendarOperations = (): readonly OperationManifest[] =>
  (checked ??= offered.map((operation) => operationManifest.parse(operation)))

/**
 * The `calendar` category: whatever calendar a tenant binds offers these. Lists answer `{found, count, items}`, where an
 * item has `id` and `title`. Of the two kinds of lists, `list_…` and `find_…` say *no* (`found: false`) when there is
 * nothing, and `get_…` answer with an empty list, for flows that say so themselves.
 */
const offered = [
  {
    name: 'list_slots',
    description: 'When somebody can come next.',
    effect: 'read',
    params: {
      ...days,
      ...period,
      ...lengthOf('duration_min'),
      ...resource,
      limit: { type: 'integer', description: 'How many at most. Default: 10.' },
      name: { type: 'string', description: 'For whom. It changes nothing about the slots.' },
    },
    options: choice,
    writes: [{ field: 'slot', from: 'id', single: true }],
  },
  {
    name: 'get_available_days',
    description: 'Days with at least one slot; `id` is the day as YYYY-MM-DD.',
    effect: 'read',
    params: {
      ...days,
      ...period,
      ...lengthOf('service_duration_min'),
      ...resource,
    },
  },
  {
    name: 'get_slots_for_day',
    description: 'Slots of one day; `id` is what `book_appointment` takes as `slot`.',
    effect: 'read',
    params: {
      date_str: { type: 'string', required: true, description: 'The day, as YYYY-MM-DD.' },
      ...period,
      ...lengthOf('service_duration_min'),
      ...resource,
    },
  },
  {
    name: 'book_appointment',
    description: 'Books a slot for the contact.',
    ...keyed,
    ...mine,
    params: {
      ...slot,
      ...contact,
      contact_name: { type: 'string', description: 'In whose name.' },
      service_key: { type: 'string', description: 'What for.' },
      ...lengthOf('duration_min'),
      ...resource,
    },
    writes: [
      { field: 'event_id', from: 'event_id' },
      { field: 'appointment', from: '' },
    ],
    summary: summaries.book,
  },
  {
    name: 'find_appointments',
    description: 'Appointments of the contact that are still to come.',
    effect: 'read',
    ...mine,
    params: contact,
    options: choice,
    writes: [{ field: 'event_id', from: 'id', single: true }],
  },
  {
    name: 'get_future_appointments',
    description: 'Appointments of the contact that are still to come; `id` is what `cancel_event` takes.',
    effect: 'read',
    ...mine,
    params: contact,
  },
  {
    name: 'cancel_event',
    description: 'Cancels an appointment of the contact.',
    ...keyed,
    ...mine,
    confirm: true,
    params: { ...event, ...contact },
    summary: summaries.cancel,
  },
  {
    name: 'reschedule_event',
    description: 'Moves an appointment of the contact to another slot.',
    ...keyed,
    ...mine,
    params: { ...event, ...slot, ...contact, ...resource },
    writes: [{ field: 'appointment', from: '' }],
    summary: summaries.move,
  },
  {
    name: 'find_booking_of_key',
    description: 'Whether a booking, a cancellation or a move happened, by the key of its call.',
    effect: 'read',
    params: { key: { type: 'string', required: true, description: 'Key of the call.' } },
  },
]
