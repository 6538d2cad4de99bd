import { Fault } from '@copse/contracts'
import type { z } from 'zod'

/** Reads the variables that a schema names; `''` counts as absent. A fault says, in one line each, what is wrong. */
export function readEnvironment<T>(schema: z.ZodType<T>, env: Readonly<Record<string, string | undefined>>): T {
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''))
  const result = schema.safeParse(set)
  if (result.success) return result.data
  const lines = result.error.issues.map((issue) => {
    const name = issue.path.map(String).join('.')
    if (!name) return issue.message
    return name in set ? `${name}: ${issue.message}` : `${name} is not set: ${issue.message}`
  })
  throw new Fault('config_invalid', { detail: lines.join('\n') })
}
