import type { Field, Json, JsonObject, Option } from '@copse/contracts'
import type { Snapshot, Status } from '@copse/engine'
import { hidden } from '../hidden.ts'
import type { PathTaken } from '../path.ts'
import { phrase, type Phrase } from '../phrases.ts'
import { redoFor } from '../redo.ts'
import { fill, show } from '../say/template.ts'
import type { Label } from '../understand/classify.ts'
import { markedIn, type Correctable, type Marked } from '../understand/corrections.ts'
import { extract } from '../understand/extract.ts'
import { resolveOption, type Reply } from '../understand/options.ts'
import { faultOf } from '../understand/validate.ts'
import { lineOf, titleOf } from './read-aloud.ts'
import { stepOf, type DialogueCtx } from './step.ts'
import { answerIn, yesNoOptions } from './yes-no.ts'

/** Kept until it is made. */
export interface Correction {
  values: JsonObject
}
/** What the customer was asked: which field is meant, what its value should be, or whether a model understood them. */
type Asked = { asked: 'which' | 'sure'; values: JsonObject; at: string } | { asked: 'value'; field: string; at: string }

/** What the customer said at earlier steps, and can take back at this one. */
function correctables(ctx: DialogueCtx): Correctable[] {
  const { path } = ctx.services
  if (!path) return []
  const known = path.correctableAt(stepOf(ctx))
  if (known.length === 0) return []
  // What was asked for further on, before an earlier correction led back here, counts as well.
  const further = path.again.map(({ step }) => step)
  const keys = new Set([...known, ...path.corrections.fields.map(({ key }) => key).filter(askedAt(path, further))])
  return path.corrections.fields.flatMap((field) => {
    const stored = keys.has(field.key) ? ctx.read(field.key) : undefined
    return stored === undefined ? [] : [{ field, stored }]
  })
}

const askedAt =
  ({ corrections }: PathTaken, steps: readonly string[]) =>
  (key: string): boolean =>
    corrections.askedBy[key]?.some((step) => steps.includes(step)) ?? false

/**
 * A message that takes back, in words, what was said at an earlier step. `own`: words of it that are an answer here, which
 * longer ones outdo. `asks`: fields that are asked for here, for which a value may be meant as well. `yes`: the reply
 * agrees, unless it says another value `of` what it agrees to.
 */
export function correctionByWords(
  ctx: DialogueCtx,
  { text, payload }: Reply,
  stay: () => Status,
  {
    own,
    isFree = false,
    asks = [],
    yes,
  }: {
    own?: string | undefined
    isFree?: boolean
    asks?: readonly Field[]
    yes?: { hit: string; of: (key: string) => boolean }
  } = {},
): Status | undefined {
  const known = payload === undefined && text !== '' ? correctables(ctx) : []
  const earlier = known.filter(({ field }) => yes === undefined || yes.of(field.key))
  if (earlier.length === 0) return undefined
  const given = [...earlier, ...asks.map((field) => ({ field, stored: undefined }))]
  const marked = markedIn(text, given, ctx.services, yes?.hit)
  if (!marked || (isFree && !marked.alone)) return undefined
  if (own !== undefined && !marked.alone && marked.hit.length <= own.length) return undefined
  return weigh(ctx, marked, stay, yes !== undefined || (own !== undefined && marked.hit.length <= own.length))
}

function weigh(ctx: DialogueCtx, { values, hit }: Marked, stay: () => Status, isAnswer: boolean): Status | undefined {
  const other = values.filter(({ stored, value }) => stored !== undefined && stored !== value)
  if (other.length === 0) {
    const [same] = values.filter(({ stored }) => stored !== undefined)
    const isAnswered = isAnswer || values.some(({ stored }) => stored === undefined)
    return isAnswered || !same ? undefined : unchanged(ctx, same.field, stay)
  }
  const rivals = values.filter(({ stored, value }) => stored !== value && other.some((one) => one.value === value))
  const isClear = new Set(rivals.map(({ value }) => value)).size === rivals.length
  if (!isClear) return askWhich(ctx, rivals, stay)
  for (const { field, value } of other) {
    const fault = faultOf(field, value, ctx.services)
    if (fault !== undefined) return askValue(ctx, field, stay, fault)
  }
  // What else is said is kept, for the step that asks for it.
  for (const { field, stored, value } of values) if (stored === undefined) ctx.set(field.key, value, 'customer')
  return make(ctx, Object.fromEntries(other.map(({ field, value }) => [field.key, value])), hit)
}

/** Steps between here and where these fields were asked for depend on them: taking the values here would not be enough. */
export function isWide(ctx: DialogueCtx, keys: readonly string[]): boolean {
  const { path } = ctx.services
  const step = stepOf(ctx)
  const known = path?.correctableAt(step) ?? []
  if (!path || keys.length === 0 || !keys.every((key) => known.includes(key))) return false
  return redoFor(path, keys, step)?.isWide ?? false
}

/** The values are known and meant: the step is left for where the correction is made. */
export function make(ctx: DialogueCtx, values: JsonObject, hit: string): Status {
  const [first = ''] = Object.keys(values)
  ctx.decide('correction', Object.keys(values).join(', '), { hit, from: ctx.read(first) ?? null, to: values })
  ctx.set(hidden.correction, { values }, 'system')
  const { input } = ctx.services
  if (input) input.isSpent = true
  const ways = ctx.services.path?.correctableAt(stepOf(ctx)) ?? []
  // All of them lead to the same stage.
  ctx.exit(`correct:${ways.includes(first) ? first : ways[0]}`, 'correction')
  return ctx.fail('corrected', `The customer corrected ${first}.`)
}

const unchanged = (ctx: DialogueCtx, field: Field, stay: () => Status): Status => {
  const { language, told } = ctx.services
  ctx.decide('correction', null, { why: 'nothing changes', field: field.key })
  const text = sentence(ctx, 'unchanged', lineOf(field, ctx.read(field.key), ctx.services))
  return ask(
    ctx,
    { text: [text, told?.text ?? phrase('nothing_said', language)].join('\n\n'), options: told?.options ?? [] },
    stay,
  )
}

function askWhich(ctx: DialogueCtx, rivals: Marked['values'], stay: () => Status): Status {
  const values = Object.fromEntries(rivals.map(({ field, value }) => [field.key, value]))
  const [first] = rivals
  keep(ctx, { asked: 'which', values, at: ctx.id })
  return ask(
    ctx,
    {
      text: sentence(ctx, 'correct_which', show(first?.value)),
      options: rivals.map(({ field }) => ({ id: `correct:${field.key}`, title: titleOf(field, ctx.services) })),
    },
    stay,
  )
}

function askValue(ctx: DialogueCtx, field: Field, stay: () => Status, before?: string): Status {
  keep(ctx, { asked: 'value', field: field.key, at: ctx.id })
  const question = fill(phrase('right_value', ctx.services.language), () => titleOf(field, ctx.services))
  return ask(ctx, { text: [before ?? [], question].flat().join(' '), options: [] }, stay)
}

function ask(ctx: DialogueCtx, told: { text: string; options: Option[] }, stay: () => Status): Status {
  ctx.services.global = { what: 'correction', told }
  return stay()
}

const keep = (ctx: DialogueCtx, asked: Asked): void => ctx.set(hidden.correction, { ...asked }, 'system')

/** As if the customer had replied something else. */
export function withoutAsked(snapshot: Snapshot): Snapshot {
  const { [hidden.correction]: pending, ...cells } = snapshot.scopes['']
  const isAsked = typeof pending?.value === 'object' && pending.value !== null && 'asked' in pending.value
  return isAsked ? { ...snapshot, scopes: { ...snapshot.scopes, '': cells } } : snapshot
}

const sentence = (ctx: DialogueCtx, name: Phrase, value: string): string =>
  fill(phrase(name, ctx.services.language), () => value)

/**
 * The reply to what was asked about a correction. Undefined: nothing was, or the reply is none to it. `own`: the value was
 * meant for a field that is asked for here, and has been taken.
 */
export function answeredCorrection(
  ctx: DialogueCtx,
  reply: Reply,
  stay: () => Status,
): Status | 'own' | undefined | Promise<Status | undefined> {
  const pending = ctx.read(hidden.correction) as unknown as Asked | Correction | undefined
  if (!pending || !('asked' in pending) || pending.at !== ctx.id) return undefined
  ctx.unset(hidden.correction)
  if (pending.asked === 'value') {
    const field = ctx.services.path?.corrections.fields.find(({ key }) => key === pending.field)
    return field && withValue(ctx, field, reply.text, stay)
  }
  if (pending.asked === 'sure') {
    const answer = answerIn(reply, ctx.services.language)
    if (answer === 'yes') return make(ctx, pending.values, 'yes')
    const { told } = ctx.services
    return answer === 'no' && told ? ask(ctx, told, stay) : undefined
  }
  return chosen(ctx, pending.values, reply)
}

function chosen(ctx: DialogueCtx, values: JsonObject, reply: Reply): Status | 'own' | undefined {
  const all = ctx.services.path?.corrections.fields.filter(({ key }) => Object.hasOwn(values, key)) ?? []
  const choices = all.map((field) => ({
    id: `correct:${field.key}`,
    title: titleOf(field, ctx.services),
    keywords: [field.key],
  }))
  const resolved = resolveOption(choices, reply)
  const field =
    resolved && 'choice' in resolved ? all.find(({ key }) => `correct:${key}` === resolved.choice) : undefined
  if (!field) return undefined
  const value = values[field.key]!
  if (correctables(ctx).some((one) => one.field === field))
    return make(ctx, { [field.key]: value }, titleOf(field, ctx.services))
  ctx.set(field.key, value, 'customer')
  return 'own'
}

async function withValue(
  ctx: DialogueCtx,
  field: Field,
  text: string,
  stay: () => Status,
): Promise<Status | undefined> {
  const value = await valueOf(ctx, field, text)
  if (value === undefined) return undefined
  return value === ctx.read(field.key) ? unchanged(ctx, field, stay) : make(ctx, { [field.key]: value }, text)
}

async function valueOf(ctx: DialogueCtx, field: Field, text: string): Promise<Json | undefined> {
  const { values } = await extract(ctx, {
    text,
    fields: [field],
    asked: [field.key],
    required: [field.key],
    triggers: [],
    wanted: (found) => !Object.hasOwn(found, field.key),
  })
  return values[field.key]
}

const sign = '$correct:'

/** For the one question to a model that a turn has. */
export const correctionLabels = (ctx: DialogueCtx): Label[] =>
  correctables(ctx).map(({ field }) => ({
    id: `${sign}${field.key}`,
    description: `The customer takes back what they said about: ${titleOf(field, ctx.services)}.`,
    keywords: [],
  }))

/** A model only says that this is one: what the value is must be read, and the customer must agree. */
export async function correctionByModel(
  ctx: DialogueCtx,
  label: string | undefined,
  text: string,
  stay: () => Status,
): Promise<Status | undefined> {
  const found = correctables(ctx).find(({ field }) => `${sign}${field.key}` === label)
  if (!found) return undefined
  const { field, stored } = found
  const value = await valueOf(ctx, field, text)
  if (value === undefined) return askValue(ctx, field, stay)
  if (value === stored) return unchanged(ctx, field, stay)
  keep(ctx, { asked: 'sure', values: { [field.key]: value }, at: ctx.id })
  const change = lineOf(field, value, ctx.services)
  return ask(ctx, { text: sentence(ctx, 'correct_sure', change), options: yesNoOptions(ctx.services.language) }, stay)
}
