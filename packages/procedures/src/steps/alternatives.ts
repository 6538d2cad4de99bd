import { exists, fieldsOf, fromStructured } from '@copse/conditions'
import type { Json, LeafConfig, OperationManifest } from '@copse/contracts'
import { z } from 'zod'
import type { Path } from '../parse/value.ts'
import { json } from '../parse/words.ts'
import { suggestion } from '../report/suggest.ts'
import { all } from './conditions.ts'
import type { Speech } from './speech.ts'
import type { Alternative, StepContext } from './step.ts'

export const toolShape = z.strictObject({
  name: z.string(),
  arg_mappings: z.array(z.strictObject({ param: z.string(), source: z.string() })).default([]),
  fixed_args: z.record(z.string(), json).default({}),
  result_key: z.string().optional(),
  guard_condition: json.optional(),
  success_when: json.optional(),
})
type Tool = z.infer<typeof toolShape>
type Arguments = LeafConfig<'call'>['arguments']

/** One of a step's calls: what it needs to run, and what it takes and leaves. */
export function readAlternative(tool: Tool, path: Path, words: Speech, context: StepContext): Alternative | undefined {
  const guard =
    tool.guard_condition === undefined
      ? undefined
      : context.condition(tool.guard_condition, [...path, 'guard_condition'])
  const successWhen =
    tool.success_when === undefined ? undefined : context.condition(tool.success_when, [...path, 'success_when'])
  if (tool.result_key !== undefined) context.writes(tool.result_key)
  const operation = context.operation(tool.name, [...path, 'name'])
  if (!operation) return undefined
  for (const { field } of operation.writes) context.writes(field)

  const given = readArguments(tool, operation, path, context)
  const sources = given.flatMap((argument) => (argument.source === undefined ? [] : [argument.source]))
  const required = given.flatMap(({ param, source }) =>
    source !== undefined && operation.params[param]?.required ? [source] : [],
  )
  const isGuarded = (source: string): boolean => guard?.op === 'exists' && guard.field === source
  const unguarded = [...new Set(required)].filter((source) => !isGuarded(source))
  const conditions = [...(guard ? [guard] : []), ...unguarded.map((source) => exists(source))]
  return {
    operation,
    guard,
    runnable: all(conditions),
    needs: [...new Set([...required, ...(guard ? fieldsOf(guard) : [])])],
    sources,
    config: {
      ...words,
      operation: operation.name,
      arguments: given,
      ...(tool.result_key === undefined ? {} : { resultKey: tool.result_key }),
      ...(successWhen ? { successWhen } : {}),
    },
  }
}

function readArguments(tool: Tool, operation: OperationManifest, path: Path, context: StepContext): Arguments {
  const takes = (param: string, at: Path): boolean => {
    if (param in operation.params) return true
    const fix = suggestion(param, Object.keys(operation.params))
    context.report.lax('unknown_argument', at, `"${operation.name}" takes no "${param}".`, { fix })
    return false
  }
  const checkValue = (param: string, value: Json, at: Path): void => {
    const wrong = faultOfValue(value, operation.params[param])
    if (wrong) context.report.lax('invalid_argument', at, `"${param}" ${wrong}.`)
  }
  const fixed = Object.entries(tool.fixed_args).flatMap(([param, value]) => {
    const at = [...path, 'fixed_args', param]
    if (param === operation.customer) return refuseCustomer(param, at, context)
    if (!takes(param, at)) return []
    checkValue(param, value, at)
    return [{ param, value }]
  })
  const mapped = tool.arg_mappings.flatMap(({ param, source }, index) => {
    const at = [...path, 'arg_mappings', index]
    if (!fromStructured({ field: source, operator: 'exists' }).ok) {
      context.report.error('not_a_field', [...at, 'source'], `"${source}" is not a field.`, {
        fix: 'Write the name of a field, or a path such as order.status.',
      })
      return []
    }
    context.reads(source, [...at, 'source'])
    if (param === operation.customer) return source === 'customer_id' ? [] : refuseCustomer(param, at, context)
    return takes(param, [...at, 'param']) && !Object.hasOwn(tool.fixed_args, param) ? [{ param, source }] : []
  })
  const given = new Set([...fixed, ...tool.arg_mappings].map(({ param }) => param))
  for (const [param, { required }] of Object.entries(operation.params)) {
    if (!required || param === operation.customer || given.has(param)) continue
    const message = `"${operation.name}" needs "${param}", and nothing gives it.`
    const fix = `Add {param: ${param}, source: …} to arg_mappings.`
    context.report.error('missing_argument', path, message, { fix })
  }
  return [...mapped, ...fixed]
}

/** Who the customer is comes from the channel: an author can neither forget it nor choose it. */
function refuseCustomer(param: string, path: Path, context: StepContext): [] {
  const message = `"${param}" is always the verified customer; what is written here is not used.`
  context.report.lax('customer_fixed', path, message, { fix: 'Remove it.' })
  return []
}

/** Why a value that an author wrote does not fit a parameter, as the rest of a sentence. */
export function faultOfValue(value: Json, param: OperationManifest['params'][string] | undefined): string | undefined {
  if (param?.enum && (typeof value !== 'string' || !param.enum.includes(value)))
    return `is one of ${param.enum.join(', ')}`
  const kind = Array.isArray(value) ? 'array' : typeof value
  const fits = param?.type === kind || (param?.type === 'integer' && Number.isInteger(value))
  return fits ? undefined : `should be of type ${param?.type}, not ${kind}`
}
