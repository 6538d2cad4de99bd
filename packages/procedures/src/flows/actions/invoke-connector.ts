import type { Json, LeafConfig, OperationManifest } from '@copse/contracts'
import { z } from 'zod'
import { json } from '../../parse/words.ts'
import { suggestion } from '../../report/suggest.ts'
import { faultOfValue } from '../../steps/alternatives.ts'
import { leaf } from '../../steps/leaf.ts'
import type { FlowContext } from '../context.ts'
import { defineAction } from './action.ts'

const shape = z.strictObject({
  action: z.string(),
  /** The category, for who reads it: an operation's name says which connector offers it. */
  connector: z.string().optional(),
  operation: z.string(),
  params: z.record(z.string(), json).nullish(),
  result_key: z
    .string()
    .regex(/^[A-Za-z][A-Za-z0-9_]*$/, 'may hold letters, digits and "_" only')
    .optional(),
  success_when: json.optional(),
  on_error: z.string().min(1, 'is empty').optional(),
})
type Argument = LeafConfig<'call'>['arguments'][number]

/** Calls an operation; what came of it is data. */
export const invokeConnector = defineAction({
  action: 'invoke_connector',
  shape,
  read(given, { step, context }) {
    const { result_key: resultKey } = given
    if (resultKey !== undefined) context.writes(resultKey, ['result_key'])
    const operation = context.operation(given.operation, ['operation'])
    for (const { field } of operation?.writes ?? []) context.writes(field)
    const successWhen =
      given.success_when === undefined ? undefined : context.condition(given.success_when, ['success_when'])
    const to = given.on_error === undefined ? undefined : context.target(given.on_error, ['on_error'])
    const config = {
      step,
      operation: given.operation,
      arguments: operation ? readArguments(given.params ?? {}, operation, context) : [],
      saveMemory: false,
      ...(resultKey === undefined ? {} : { resultKey }),
      ...(successWhen === undefined ? {} : { successWhen }),
    }
    const node = (onError?: string) =>
      leaf('call', { ...config, plain: onError === undefined ? {} : { onError } }, `call:${given.operation}`)
    return { node, failing: { to } }
  },
})

function readArguments(params: Record<string, Json>, operation: OperationManifest, context: FlowContext): Argument[] {
  const given = Object.entries(params).flatMap(([param, value]) => {
    const path = ['params', param]
    const template = context.template(value, path)
    if (isWho(param, operation)) {
      if (value === '{{message.contact_id}}') return []
      const message = `"${param}" is always whoever writes; what is written here is not used.`
      context.report.lax('customer_fixed', path, message, { fix: 'Remove it.' })
      return []
    }
    const known = operation.params[param]
    if (known === undefined) {
      const fix = suggestion(param, Object.keys(operation.params))
      context.report.lax('unknown_argument', path, `"${operation.name}" takes no "${param}".`, { fix })
      return []
    }
    const argument = argumentOf(param, template)
    const wrong = argument.value === undefined ? undefined : faultOfValue(argument.value, known)
    if (wrong) {
      const fix = `Write a value of type ${known.type}, or the field that holds one.`
      context.report.lax('invalid_argument', path, `"${param}" ${wrong}.`, { fix })
    }
    return [argument]
  })
  const names = new Set(given.map(({ param }) => param))
  for (const [param, { required }] of Object.entries(operation.params)) {
    if (!required || names.has(param) || isWho(param, operation)) continue
    const message = `"${operation.name}" needs "${param}", and nothing gives it.`
    context.report.error('missing_argument', ['params'], message, { fix: `Add "${param}:" to params.` })
  }
  return given
}

/** Who the customer is comes from the channel: an author can neither forget it nor choose it. */
const isWho = (param: string, { customer, contact }: OperationManifest): boolean =>
  param === customer || param === contact

function argumentOf(param: string, template: Json): Argument {
  const source = typeof template === 'string' ? /^\{\{([^{}]+)\}\}$/.exec(template.trim())?.[1] : undefined
  if (source !== undefined) return { param, source }
  return JSON.stringify(template).includes('{{') ? { param, template } : { param, value: template }
}
