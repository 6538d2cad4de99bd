import { Fault, type FaultCode } from '@copse/contracts'
import type { z } from 'zod'

export interface FieldError {
  path: string
  message: string
}

/** Validates what came in, or throws one fault that lists every field that is wrong. */
export function parse<T>(schema: z.ZodType<T>, value: unknown, code: FaultCode = 'body_invalid'): T {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const errors = fieldErrors(result.error)
  const detail = errors.map(({ path, message }) => (path ? `${path}: ${message}` : message)).join('; ')
  throw new Fault(code, { detail, extra: { errors } })
}

export function fieldErrors(error: z.ZodError): FieldError[] {
  return error.issues.map((issue) => ({ path: issue.path.map(String).join('.'), message: issue.message }))
}
