import { z } from 'zod'
import { outboundMediaTypes } from './channel.ts'
import { condition, field, option, silence, text, words } from './leaf-parts.ts'

export { field, fieldTypes, type Field } from './leaf-parts.ts'

/** The leaves that talk, as data: `procedures` writes these configurations into a tree, `dialogue` runs them. */

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

/** `template`: `{{path}}`s in it are filled in; a text that is one whole `{{path}}` takes the value as it is. */
export const argument = z.strictObject({
  param: z.string(),
  source: z.string().optional(),
  value: z.json().optional(),
  template: z.json().optional(),
})

/** Exits: `success`, `no`, `unavailable`, `uncertain`, `not_identified`. Status is failure for all but success. */
export const callLeaf = z.strictObject({
  ...words,
  silence,
  operation: z.string(),
  arguments: z.array(argument).default([]),
  resultKey: z.string().optional(),
  successWhen: condition.optional(),
  saveMemory: z.boolean().default(false),
  /** Steps that take it back when what it was done with is corrected, in order. */
  undo: z.array(z.string()).optional(),
  /** Put before the fields that the operation declares to write: those of a subprocedure are its own. */
  scope: z.string().optional(),
  /**
   * As a flow calls: what came of it is data for its author, who says what there is to say; nothing is withdrawn. Any
   * failure leaves by `onError`, where there is one, with the code `recovered`.
   */
  plain: z.strictObject({ onError: z.string().optional() }).optional(),
})

/**
 * Evaluates a decision table, in the canonical JSON of packages/decisions, and writes what it decides: each output under
 * its name, or all of it under `resultKey`. `inputs`: name in the table to field. Exits: `success`, `none` (no rule
 * matched); failure `violation` (the hit policy allows no such match) and `table_fault`.
 */
export const tableLeaf = z.strictObject({
  ...words,
  table: z.json(),
  inputs: z.record(z.string(), z.string()),
  outputs: z.array(z.string()),
  resultKey: z.string().optional(),
  /** Put before the fields named after outputs: those of a subprocedure are its own. */
  scope: z.string().optional(),
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
        titles: text.optional(),
        exit: z.string(),
        keywords: z.array(z.string()).default([]),
      }),
    )
    .min(1),
  resultKey: z.string().optional(),
})

export const sayLeaf = z.strictObject({
  ...words,
  options: z.array(option).default([]),
  /** Files that come before the words. `link`: a template of the address at which the channel gets it. */
  media: z.array(z.strictObject({ type: z.enum(outboundMediaTypes), link: z.string() })).optional(),
})

/** Waits for one of the options. Exits: each option's `exit`; `default`; failure when attempts are used up. */
export const chooseLeaf = z.strictObject({
  ...words,
  silence,
  options: z
    .array(
      option.extend({
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

/**
 * Reads fields back and asks whether they are right. A field that is named, or given another value, is taken or asked for
 * anew, and all is read back again. Exits: `success` (yes), `no` (where `leaves`; else it asks what is wrong), failure.
 */
export const reviewLeaf = z.strictObject({
  ...words,
  silence,
  fields: z.array(field).min(1),
  leaves: z.literal(true).optional(),
  maxAttempts: z.number().int().positive().default(3),
})

/**
 * No alternative of a call can run. Exit `missing` when a reply led here, else failure `missing_argument`. Where several
 * steps ask for what it needs, `askedBy` lists them in order with an exit for each: it leaves to the first one that asks for
 * something that is not known, and back from that one to those after it.
 */
export const missingLeaf = z.strictObject({
  ...words,
  fields: z.array(z.string()),
  askedBy: z
    .array(z.strictObject({ step: z.string(), fields: z.array(z.string()).min(1), exit: z.string() }))
    .min(2)
    .optional(),
})

/**
 * Mints an address that answers a wait once, and writes `{id, url}` under `key`: a call carries the url outside, and the
 * engine's `wait` takes its key from the id. Whoever has the url can answer, so the field is a hidden one. Who opens an
 * approval in a browser is shown what it is for, as it was then: `summary`, a template, and the fields in `data`, all
 * unless said.
 */
export const linkLeaf = z.strictObject({
  ...words,
  answers: z.enum(['job', 'approval']),
  key: z.string().regex(/^_\w+$/, 'a hidden field, whose name begins with _'),
  forMs: z.int().positive(),
  summary: z.string().optional(),
  data: z.array(z.string()).optional(),
})

/** A state of a flow is entered: what was offered before is offered no more. Where it begins anew it forgets fields. */
export const enterLeaf = z.strictObject({ ...words, forgets: z.array(z.string()).optional() })

/** Says something with options, which the next `listen` waits for: `options`, or the list of `{id, title}` under `from`. */
export const offerLeaf = z.strictObject({
  ...words,
  options: z.array(option.extend({ description: z.string().optional() })).optional(),
  from: z.string().optional(),
  /** Put before an id that lacks it. */
  prefix: z.string().optional(),
  /** Instead, when the list is empty. */
  whenEmpty: text.optional(),
  /** Nobody listens: lines to read, nothing to choose. */
  lines: z.literal(true).optional(),
})

/** What a message can be for a transition. */
export const heardTypes = ['text', 'payload', 'media', 'location', 'form'] as const

/**
 * Waits for a message and takes the first transition all of whose triggers hold; `always` ones, before it waits. Without
 * any: `fallback`, else it says that it did not understand, and waits. Exits: each transition's; `person`.
 */
export const listenLeaf = z.strictObject({
  ...words,
  silence,
  transitions: z.array(
    z.strictObject({
      exit: z.string(),
      payload: z.string().optional(),
      prefix: z.string().optional(),
      /** Field that receives what follows the prefix. */
      suffix: z.string().optional(),
      types: z.array(z.enum(heardTypes)).optional(),
      when: condition.optional(),
      always: z.literal(true).optional(),
      /** Fields to set, in order; templates. */
      sets: z.array(z.strictObject({ key: z.string(), value: z.json() })).default([]),
    }),
  ),
  /** A suffix that names one of these sets its properties as fields; those of another are forgotten. */
  expands: z.record(z.string(), z.record(z.string(), z.json())).optional(),
  fallback: z.string().optional(),
  /** What that nothing here is for is asked of the tenant's text. Absent: questions. */
  answers: z.enum(['everything', 'nothing']).optional(),
})

/** After an action of a state failed: an apology, then on, or out. What is `recovered` already is left as it is. */
export const recoverLeaf = z.strictObject({ ...words, exit: z.string().optional() })

/**
 * Has a task of the flow run later, whether the session goes on or not, with the data that is known now. `key` is a
 * template: the same task under the same key is replaced. What lies in the past already is not set. Failure `time_invalid`.
 */
export const scheduleTaskLeaf = z.strictObject({
  ...words,
  task: z.string(),
  key: z.string(),
  when: z.union([
    z.strictObject({ inMs: z.int().positive() }),
    /** A template: a date and time, the tenant's if it has no zone. */
    z.strictObject({ at: z.string(), beforeMs: z.int().min(0) }),
    z.strictObject({ schedule: z.record(z.string(), z.json()) }),
  ]),
  /** Fields that the task knows: templates. Absent: all that is known. */
  data: z.record(z.string(), z.json()).optional(),
})

/** The same task under the same key runs no more, if it was to. */
export const cancelTaskLeaf = z.strictObject({ ...words, task: z.string(), key: z.string() })

/**
 * Waits for a time: so long, or until the moment in a field. `meanwhile` answers who writes before; with `leaves`, a message
 * goes on at once. Exits: `success`, `message`; failure `time_invalid` where the field holds no moment.
 */
export const restLeaf = z.strictObject({
  ...words,
  when: z.union([z.strictObject({ forMs: z.int().positive() }), z.strictObject({ until: z.string() })]),
  meanwhile: text.optional(),
  leaves: z.literal(true).optional(),
})

/** `summary` is a template that the person reads; `data`: the fields that they see, all unless said. */
export const handoffLeaf = z.strictObject({
  ...words,
  reason: z.string(),
  summary: z.string().optional(),
  data: z.array(z.string()).optional(),
  /** The customer is told nothing. */
  silent: z.literal(true).optional(),
})

/**
 * Hands values to other fields: what a subprocedure is given, or gives back. All that stood under `scope` before is
 * forgotten. How this stage was entered counts as how the next one is. Failure `value_missing`: a required one is not known.
 */
export const passLeaf = z.strictObject({
  ...words,
  scope: z.string().optional(),
  values: z.array(
    z.strictObject({
      to: z.string(),
      source: z.string().optional(),
      value: z.json().optional(),
      required: z.literal(true).optional(),
    }),
  ),
})

/** A step as a correction sees it. Names are of fields, without what stands below them. */
const redone = z.strictObject({
  reads: z.array(z.string()).optional(),
  /** What it finds out; not what the customer tells it. */
  writes: z.array(z.string()).optional(),
  /** A model may choose here, looking at all that is known. */
  weighs: z.literal(true).optional(),
  /** Steps that decide whether it comes at all. */
  decidedBy: z.array(z.string()).optional(),
  /** Fields that several steps find out, and of which it decides by which. */
  sways: z.array(z.string()).optional(),
  /** Steps that take back what it did, in order. */
  undo: z.array(z.string()).optional(),
  /** Holds more than leaves that talk: always done again. */
  opaque: z.literal(true).optional(),
})

/**
 * The customer corrected what they said at an earlier step: `_correction` holds the new values. What was done with the old
 * ones is taken back, what depends on them forgotten, and the steps since are gone through again: those that do not
 * depend on them leave as they did, without a word. `fields`: what can be corrected; `steps`: by id.
 * Exits: a step to resume at, by its id; `undo:<step>`; `handoff` where something cannot be taken back.
 */
export const correctLeaf = z.strictObject({
  ...words,
  fields: z.array(field),
  /** Steps that ask for a field. */
  askedBy: z.record(z.string(), z.array(z.string())),
  /** By step: exits that lead to another which comes back. */
  detours: z.record(z.string(), z.array(z.string())),
  steps: z.record(z.string(), redone),
})

/**
 * Keeps values for the contact's next conversations, where they stand under `memory`. `keeps`: name to field; what is not
 * known leaves what was kept before.
 */
export const rememberLeaf = z.strictObject({
  ...words,
  keeps: z.record(z.string(), z.string()),
  forgets: z.array(z.string()),
})

const own = z.strictObject({
  off: z.literal(true).optional(),
  say: text.optional(),
  words: z.array(z.string()).optional(),
})

/** Never entered: what the author of a tree says about what customers can always say, instead of ours or beside it. */
export const globalsLeaf = z.strictObject({
  ...words,
  cancel: own.optional(),
  person: own.optional(),
  forget: own.optional(),
  repeat: own.optional(),
  corrections: own.optional(),
  questions: own.optional(),
})

export const endLeaf = z.strictObject({ ...words, outcome: z.string().default('resolved') })

/** Every leaf that talks, by op. */
export const leaves = {
  collect: collectLeaf,
  call: callLeaf,
  decide: decideLeaf,
  table: tableLeaf,
  classify: classifyLeaf,
  say: sayLeaf,
  choose: chooseLeaf,
  pause: pauseLeaf,
  confirm: confirmLeaf,
  review: reviewLeaf,
  missing: missingLeaf,
  link: linkLeaf,
  enter: enterLeaf,
  offer: offerLeaf,
  listen: listenLeaf,
  recover: recoverLeaf,
  schedule_task: scheduleTaskLeaf,
  cancel_task: cancelTaskLeaf,
  rest: restLeaf,
  pass: passLeaf,
  remember: rememberLeaf,
  handoff: handoffLeaf,
  correct: correctLeaf,
  globals: globalsLeaf,
  end: endLeaf,
} as const
export type LeafOp = keyof typeof leaves
export type LeafConfig<Op extends LeafOp> = z.infer<(typeof leaves)[Op]>
