import { z } from 'zod'
import type { Json } from './json.ts'

/**
 * The leaves that talk, as data: `procedures` writes these configurations into a tree, `dialogue` runs them.
 * `condition` is the canonical JSON of packages/conditions, which this room does not know.
 */
const condition = z.custom<Json>((value) => value !== null && typeof value === 'object', 'expected a condition')
const text = z.record(z.string(), z.string())

/** What a step says. `say` is customer text per language; `instruction` is for a model and never shown. */
const words = {
  step: z.string(),
  title: z.string().optional(),
  say: text.optional(),
  instruction: z.string().optional(),
}

/**
 * While the customer says nothing, in order of time, counted anew from each reply. Without `exit` the words are a nudge
 * and it goes on waiting; with it, the leaf leaves there: failure `silent`.
 */
const silence = z
  .array(z.strictObject({ afterMs: z.int().positive(), say: text.optional(), exit: z.string().optional() }))
  .optional()

export const fieldTypes = ['string', 'text', 'integer', 'number', 'amount', 'date', 'email', 'phone'] as const

/** `text` is free text (a complaint); `string` is an identifier or a name with a recognisable shape. */
export const field = z.strictObject({
  key: z.string(),
  title: z.string().optional(),
  description: z.string().default(''),
  examples: z.array(z.string()).default([]),
  type: z.enum(fieldTypes).default('string'),
  pattern: z.string().optional(),
  enum: z.array(z.string()).optional(),
})
export type Field = z.infer<typeof field>

/** Exits: `success` (complete), `failure` (attempts used up). */
export const collectLeaf = z.strictObject({
  ...words,
  silence,
  fields: z.array(field),
  required: z.array(z.string()).default([]),
  /** Each inner list: one of these is enough. */
  requiredAny: z.array(z.array(z.string())).default([]),
  /** Complete, too, as soon as this holds (dialect P: an alternative of the next call can run). */
  completeWhen: condition.optional(),
  maxAttempts: z.number().int().positive().default(3),
  /** How much quiet ends the reply, where the channel's own is not right: long texts come in pieces. */
  quietMs: z.number().int().min(0).optional(),
  /** Phrases that open the procedure: not themselves an answer to anything. */
  triggers: z.array(z.string()).default([]),
})

export const argument = z.strictObject({ param: z.string(), source: z.string().optional(), value: z.json().optional() })

/** Exits: `success`, `no`, `unavailable`, `uncertain`, `not_identified`. Status is failure for all but success. */
export const callLeaf = z.strictObject({
  ...words,
  silence,
  operation: z.string(),
  arguments: z.array(argument).default([]),
  resultKey: z.string().optional(),
  successWhen: condition.optional(),
  saveMemory: z.boolean().default(false),
})

/** First branch that is true wins and names the exit; none: failure `no_branch`. */
export const decideLeaf = z.strictObject({
  ...words,
  branches: z.array(z.strictObject({ when: condition, exit: z.string(), title: z.string().optional() })),
  otherwise: z.string().optional(),
})

/** One choice by a model among the author's labels; `none` asks once with the labels as options, then fails. */
export const classifyLeaf = z.strictObject({
  ...words,
  silence,
  labels: z
    .array(
      z.strictObject({
        id: z.string(),
        description: z.string(),
        exit: z.string(),
        keywords: z.array(z.string()).default([]),
      }),
    )
    .min(1),
  resultKey: z.string().optional(),
})

export const sayLeaf = z.strictObject({
  ...words,
  /** `titles` per language, where the author gave them; `title` is the text for any other. */
  options: z.array(z.strictObject({ id: z.string(), title: z.string(), titles: text.optional() })).default([]),
})

/** Waits for one of the options. Exits: each option's `exit`; `default`; failure when attempts are used up. */
export const chooseLeaf = z.strictObject({
  ...words,
  silence,
  options: z
    .array(
      z.strictObject({
        id: z.string(),
        title: z.string(),
        titles: text.optional(),
        description: z.string().default(''),
        keywords: z.array(z.string()).default([]),
        exit: z.string(),
        /** Fields that the target collects or takes: a value for one of them is this choice. */
        takes: z.array(field).default([]),
      }),
    )
    .min(1),
  otherwise: z.string().optional(),
  maxAttempts: z.number().int().positive().default(3),
})

/** Waits after a call. Exits: `success` (yes), `correct` (a field value or a refusal), failure (attempts used up). */
export const pauseLeaf = z.strictObject({
  ...words,
  silence,
  /** Fields whose value in the reply is a correction. */
  fields: z.array(field).default([]),
  /** Fields that the call used or wrote: a refusal makes them unconfirmed. */
  uses: z.array(z.string()).default([]),
  maxAttempts: z.number().int().positive().default(3),
})

/** Asks before an operation marked `confirm`, when the stage was entered in one of the ways named. Exits: `success`, `declined`, failure. */
export const confirmLeaf = z.strictObject({
  ...words,
  silence,
  operation: z.string(),
  arguments: z.array(argument).default([]),
  entered: z.array(z.enum(['classification', 'keyword', 'always'])),
  maxAttempts: z.number().int().positive().default(3),
})

/** No alternative of a call can run. Exit `missing` when a reply led here, else failure `missing_argument`. */
export const missingLeaf = z.strictObject({ ...words, fields: z.array(z.string()) })

export const handoffLeaf = z.strictObject({ ...words, reason: z.string() })

export const endLeaf = z.strictObject({ ...words, outcome: z.string().default('resolved') })

/** Every leaf that talks, by op. */
export const leaves = {
  collect: collectLeaf,
  call: callLeaf,
  decide: decideLeaf,
  classify: classifyLeaf,
  say: sayLeaf,
  choose: chooseLeaf,
  pause: pauseLeaf,
  confirm: confirmLeaf,
  missing: missingLeaf,
  handoff: handoffLeaf,
  end: endLeaf,
} as const
export type LeafOp = keyof typeof leaves
export type LeafConfig<Op extends LeafOp> = z.infer<(typeof leaves)[Op]>
