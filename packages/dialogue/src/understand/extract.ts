import type { Field, Json, JsonObject } from '@copse/contracts'
import { type Ctx } from '@copse/engine'
import { extractOffline, extractQuestion, readOffline, unclaimed, type ExtractTask } from '@copse/llm'
import type { TurnScope } from '../turn-scope.ts'
import { askModel } from './ask-model.ts'
import { faultsIn } from './validate.ts'

interface Extracted {
  values: JsonObject
  by: Record<string, 'customer' | 'model'>
  /** The customer is told why something was not taken. */
  isRefused: boolean
}

/**
 * Finds fields in what the customer wrote: by shape and listed values first, and only for what is still wanted by one
 * model call a turn. Returns declared fields only.
 */
export async function extract(
  ctx: Ctx<TurnScope>,
  given: {
    text: string
    fields: Field[]
    asked: string[]
    required: string[]
    triggers: string[]
    wanted: (found: JsonObject) => boolean
  },
): Promise<Extracted> {
  const scope = ctx.services
  const task: ExtractTask = {
    message: given.text,
    fields: given.fields,
    asked: given.asked,
    required: given.required,
    // Only the first who reads the opening message may take it whole as an answer.
    opening: scope.input?.opening === true && scope.input.readBy.size <= 1,
    triggers: given.triggers,
    today: scope.today,
    language: scope.language,
  }
  const before = scope.input?.claims ?? []
  const { values: found, claims } = readOffline(task, before)
  const rest = unclaimed(given.text, [...before, ...claims])
  const faults = faultsIn(task, found, scope, rest)
  scope.said.push(...faults.map(({ text }) => ({ action: 'collect', title: 'collect', text })))
  const isRefused = faults.length > 0
  // What does not fit is no value: it is asked for again, and no model is asked to read it better.
  const values = within(found, faults)
  scope.input?.claims.push(...claims.filter(({ key }) => Object.hasOwn(values, key)))
  const by = Object.fromEntries(Object.keys(values).map((key) => [key, 'customer' as const]))
  if (isRefused || !/[\p{L}\p{N}]/u.test(rest) || !given.wanted(values)) return { values, by, isRefused }
  const answer = await askModel(
    ctx,
    'extract',
    { message: task.message, fields: task.fields.map((field) => field.key), asked: task.asked },
    (signal) =>
      scope.model
        .completeJson({ ...extractQuestion(task), task, purpose: 'extract', signal })
        .then(({ value, usage }) => ({ data: value, usage })),
  )
  if (!answer) return { values, by, isRefused }
  const read = declared(answer, task, values, rest)
  const more = within(read, faultsIn({ ...task, asked: [] }, read, scope))
  return {
    values: { ...values, ...more },
    by: { ...by, ...Object.fromEntries(Object.keys(more).map((key) => [key, 'model' as const])) },
    isRefused,
  }
}

const within = (values: JsonObject, faults: readonly { key: string }[]): JsonObject =>
  Object.fromEntries(Object.entries(values).filter(([key]) => !faults.some((fault) => fault.key === key)))

/**
 * A model's answer is data in declared fields: anything else in it, any empty value, any value without the field's
 * shape, any words that another field took, and any placeholder that the customer did not write is dropped.
 */
function declared(answer: JsonObject, task: ExtractTask, known: JsonObject, rest: string): JsonObject {
  const kept: JsonObject = {}
  for (const field of task.fields) {
    if (Object.hasOwn(known, field.key)) continue
    const said = answer[field.key]
    if (typeof said === 'string' && task.message.includes(said) && !rest.includes(said)) continue
    const value = shaped(field, said, task)
    if (value !== undefined) kept[field.key] = value
  }
  return kept
}

function shaped(field: Field, value: Json | undefined, task: ExtractTask): Json | undefined {
  if (typeof value === 'number') return Number.isFinite(value) && field.type !== 'text' ? value : undefined
  if (typeof value !== 'string' || value.trim() === '' || value.length > 2_000) return undefined
  if (value.includes('{{') && !task.message.includes('{{')) return undefined
  const read = extractOffline({ ...task, message: value, fields: [field], asked: [field.key], opening: false })[
    field.key
  ]
  const strict = field.pattern !== undefined || field.enum !== undefined
  return read ?? (strict ? undefined : value.trim())
}
