import {
  operationManifest,
  type Json,
  type JsonObject,
  type OperationOutcome,
  type ReleasedProcedure,
} from '@copse/contracts'
import { compileProcedure, type Catalogue } from '@copse/procedures'
import type { z } from 'zod'
import { show } from '../say/template.ts'
import { openTalk } from './talk.ts'

type Answer = (args: JsonObject) => OperationOutcome
type Operation = z.input<typeof operationManifest>
type Outside = [manifest: Operation, answer: Answer][]

/** An operation that answers without being asked for anything in particular. */
export const operation = (name: string, answer: Answer, more: Partial<Operation> = {}): Outside[number] => [
  { name, effect: 'read', ...more },
  answer,
]

export const ok = (data: JsonObject): OperationOutcome => ({ status: 'ok', data })

const text = { type: 'string' as const }
const length = { type: 'integer' as const }

const items = (...list: JsonObject[]): OperationOutcome =>
  ok({ found: list.length > 0, count: list.length, items: list })

/** A hairdresser's calendar in memory; `answers` are in the place of its own. */
export function calendar(answers: Record<string, Answer> = {}): { outside: Outside; booked: JsonObject[] } {
  const booked: JsonObject[] = []
  const own: Outside = [
    operation('list_slots', () => items({ id: '10:00', title: '10:00' }), { params: { name: text } }),
    operation(
      'get_available_days',
      () => items({ id: '2026-11-23', title: 'lun 23 nov' }, { id: '2026-11-24', title: 'mar 24 nov' }),
      {
        params: { from_date: text, service_duration_min: length, presence_min: length, lookahead_days: length },
      },
    ),
    operation(
      'get_slots_for_day',
      () => items({ id: '2026-11-23T10:00', title: '10:00' }, { id: '2026-11-23T11:30', title: '11:30' }),
      {
        params: {
          date_str: { ...text, required: true },
          period: text,
          service_duration_min: length,
          presence_min: length,
        },
      },
    ),
    operation(
      'book_appointment',
      (args) => {
        booked.push(args)
        return ok({ event_id: `evt-${booked.length}`, message: `Cita reservada: ${show(args['slot'])}` })
      },
      {
        effect: 'idempotent',
        contact: 'contact_id',
        params: {
          slot: { ...text, required: true },
          contact_id: text,
          service_key: text,
          contact_name: text,
          duration_min: length,
        },
      },
    ),
    operation(
      'get_future_appointments',
      () => items(...booked.map((args, at) => ({ id: `evt-${at + 1}`, title: show(args['slot']) }))),
      {
        contact: 'contact_id',
        params: { contact_id: text },
      },
    ),
    operation(
      'cancel_event',
      ({ event_id: id }) => {
        const at = Number(show(id).replace('evt-', '')) - 1
        if (!booked[at]) return { status: 'no', code: 'not_found', reason: 'There is no such appointment.' }
        booked.splice(at, 1)
        return ok({ cancelled: true })
      },
      {
        effect: 'idempotent',
        contact: 'contact_id',
        confirm: true,
        params: { event_id: { ...text, required: true }, contact_id: text },
      },
    ),
  ]
  return { outside: own.map(([manifest, answer]) => [manifest, answers[manifest.name] ?? answer]), booked }
}

/** Compiles a flow against these operations; one with errors throws them. */
export function released(source: string, outside: Outside): ReleasedProcedure {
  const manifests = outside.map(([manifest]) => operationManifest.parse(manifest))
  const catalogue: Catalogue = {
    operations: Object.fromEntries(manifests.map((manifest) => [manifest.name, manifest])),
  }
  const result = compileProcedure(source, catalogue)
  if (!result.ok) throw new Error(JSON.stringify(result.diagnostics, null, 2))
  const { dialect: _, tree, ...procedure } = result.procedure
  return { ...procedure, number: 1, source, tree: tree as unknown as Json }
}

/** A customer who talks to this flow. */
export function talkTo(
  source: string,
  outside: Outside = calendar().outside,
  more: Partial<Parameters<typeof openTalk>[0]> = {},
): ReturnType<typeof openTalk> {
  return openTalk({ procedures: [released(source, outside)], operations: outside, ...more })
}
