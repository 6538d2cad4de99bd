import { z } from 'zod'
import type { Json, JsonObject } from './json.ts'

/**
 * What may happen when a call is repeated (DESIGN promise 4).
 * read: nothing changes outside. idempotent: the outside remembers the key. at-most-once: never repeated by itself.
 */
export const effectPolicies = ['read', 'idempotent', 'at-most-once'] as const
export type EffectPolicy = (typeof effectPolicies)[number]

const param = z.strictObject({
  type: z.enum(['string', 'number', 'integer', 'boolean', 'object', 'array']),
  required: z.boolean().default(false),
  description: z.string().default(''),
  enum: z.array(z.string()).optional(),
  /** A blackboard field that fills an optional parameter when the step maps nothing to it and the field is known. */
  source: z.string().optional(),
})

/**
 * What a connector says of one operation, as data: authors compile against it, the ledger and the leaves obey it.
 * A result is a JSON object; `found: false` or `ok: false` in it is a *no*, not an error.
 */
export const operationManifest = z.strictObject({
  name: z.string().regex(/^[a-z][a-z0-9_]*$/),
  description: z.string().default(''),
  effect: z.enum(effectPolicies),
  params: z.record(z.string(), param).default({}),
  /** Blackboard fields that success writes: `from` is a path in the result, '' is all of it. `single`: only when
   *  `from` names the one element of a list. */
  writes: z
    .array(z.strictObject({ field: z.string(), from: z.string().default(''), single: z.boolean().default(false) }))
    .default([]),
  /** Parameters that name the thing acted on: a second success on the same values returns the first. */
  naturalKey: z.array(z.string()).optional(),
  /** A read operation that tells, by `key`, whether an uncertain call happened: `{happened, result}`. */
  reconcile: z.string().optional(),
  /** Money, freezing, deleting: needs a person's yes unless reached by facts alone. */
  confirm: z.boolean().default(false),
  /** May bind the customer id from the verified channel alias. */
  identity: z.boolean().default(false),
  /** Success hands the case to a person: the session's outcome stays `escalated`. */
  escalates: z.boolean().default(false),
  /** The parameter that receives the verified customer id. Unbound: the operation fails `not_identified`. */
  customer: z.string().optional(),
  /** The parameter that receives the id of the contact who writes, as the channel verified them. */
  contact: z.string().optional(),
  /** Customer texts per language, `{{path}}` into result and arguments. `repeated` when the ledger or the business
   *  says that it had been done before; `confirm` is the question asked before. */
  summary: z
    .record(
      z.string(),
      z.strictObject({
        ok: z.string().optional(),
        no: z.string().optional(),
        repeated: z.string().optional(),
        confirm: z.string().optional(),
      }),
    )
    .default({}),
  /** Several matches become options: `list` is a path to the matches, `id` the field that a choice sets. */
  options: z.strictObject({ list: z.string(), id: z.string(), title: z.string() }).optional(),
  timeoutMs: z.number().int().positive().default(5000),
  /** How the connector performs it; only the connector reads this. */
  wire: z.record(z.string(), z.json()).optional(),
})
export type OperationManifest = z.infer<typeof operationManifest>

/** What came of a call. Everything but `ok` and `no` says nothing about the business, only about reaching it. */
export type OperationOutcome =
  | { status: 'ok'; data: JsonObject; repeated?: true }
  | { status: 'no'; code: string; reason: string; data?: JsonObject }
  /** Certainly not done: refused connection, open breaker, a read that timed out. */
  | { status: 'unavailable'; code: string; reason: string }
  /** A write whose bytes left and whose answer never came. */
  | { status: 'uncertain'; code: string; reason: string }

/** What an answer of the business means: `found: false` and `ok: false` are a *no* with its code and reason. */
export function outcomeOfAnswer(data: JsonObject): OperationOutcome {
  if (data['found'] === false) return refusalOf(data, 'not_found')
  if (data['ok'] === false) return refusalOf(data, 'refused')
  return { status: 'ok', data, ...(data['repeated'] === true ? { repeated: true } : {}) }
}

/** `code`: of a *no* whose answer names none. */
export function refusalOf(data: JsonObject, code: string): OperationOutcome {
  const reason = [data['reason'], data['detail'], data['title']].find((text) => typeof text === 'string')
  return { status: 'no', code: typeof data['code'] === 'string' ? data['code'] : code, reason: reason ?? '', data }
}

export interface OperationCall {
  operation: OperationManifest
  args: JsonObject
  /** Passed to the outside, so that a repeat is recognised there. */
  idempotencyKey: string
  signal: AbortSignal
}

/** An outside system, reached through operations. Adapters never retry, break, time out or meter: `guarded()` does. */
export interface Connector {
  readonly name: string
  readonly operations: readonly OperationManifest[]
  call(call: OperationCall): Promise<OperationOutcome>
  close(): Promise<void>
}

/** Reads `a.b.0.c`, own properties only; undefined when there is none. */
export function readPath(value: Json | undefined, path: string): Json | undefined {
  if (path === '') return value
  let at: Json | undefined = value
  for (const part of path.split('.')) {
    if (at === null || typeof at !== 'object' || !Object.hasOwn(at, part)) return undefined
    at = (at as JsonObject)[part]
  }
  return at
}
