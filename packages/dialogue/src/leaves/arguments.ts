import type { Json, JsonObject, OperationManifest } from '@copse/contracts'
import { argument } from '@copse/contracts'
import type { z } from 'zod'
import { fillJson } from '../say/template.ts'
import { reader, type DialogueCtx } from './step.ts'

export type Argument = z.infer<typeof argument>

export type Arguments =
  | { ok: true; args: JsonObject; sources: string[] }
  | { ok: false; code: 'missing_argument' | 'not_identified'; reason: string }

/** Arguments of a call from the blackboard. Fixed values win; the verified customer is put in, never asked for. */
export function argumentsFor(ctx: DialogueCtx, operation: OperationManifest, mapped: readonly Argument[]): Arguments {
  const args: JsonObject = {}
  const sources: string[] = []
  for (const { param, source, value, template } of mapped) {
    if (value !== undefined) {
      args[param] = value
      continue
    }
    const read = template === undefined ? ctx.read(source ?? '') : fillJson(template, reader(ctx))
    if (read === undefined) continue
    args[param] = shaped(read, operation.params[param]?.type)
    if (source !== undefined) sources.push(source)
  }
  for (const [param, { source, type }] of Object.entries(operation.params)) {
    const read = source === undefined || args[param] !== undefined ? undefined : ctx.read(source)
    if (read !== undefined) args[param] = shaped(read, type)
  }
  if (operation.customer !== undefined) {
    const customerId = ctx.services.customerId
    if (customerId === undefined)
      return { ok: false, code: 'not_identified', reason: 'We do not know yet who the customer is.' }
    args[operation.customer] = customerId
  }
  if (operation.contact !== undefined) args[operation.contact] = ctx.services.contact.id
  const lacking = Object.entries(operation.params).filter(
    ([param, { required }]) => required && args[param] === undefined,
  )
  if (lacking.length > 0)
    return {
      ok: false,
      code: 'missing_argument',
      reason: `Not known yet: ${lacking.map(([param]) => param).join(', ')}.`,
    }
  return { ok: true, args, sources }
}

/** "150" for a number parameter is 150: what people type is text. */
function shaped(value: Json, type: string | undefined): Json {
  if ((type === 'number' || type === 'integer') && typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value.trim()))
    return Number(value)
  if (type === 'string' && typeof value === 'number') return String(value)
  return value
}
