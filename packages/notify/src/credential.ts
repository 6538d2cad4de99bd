import { Fault } from '@copse/contracts'
import { z } from 'zod'

const shape = z.strictObject({
  smtpUrl: z.url({ protocol: /^smtps?$/ }).optional(),
  secret: z.string().min(16).optional(),
})
export type NotifyCredential = z.infer<typeof shape>

/** The credential of `handoffs`. What is wrong with it is said without repeating it. */
export function parseCredential(value: string | undefined): NotifyCredential {
  if (value === undefined) throw invalid('The credential of `handoffs` is missing.')
  const parsed = shape.safeParse(jsonOf(value))
  if (parsed.success) return parsed.data
  throw invalid(
    'The credential of `handoffs` is JSON: {"smtpUrl": "smtps://user:password@host", "secret": "at least 16 characters"}.',
  )
}

const invalid = (detail: string): Fault => new Fault('config_invalid', { detail })

function jsonOf(value: string): unknown {
  try {
    return JSON.parse(value)
  } catch {
    return undefined
  }
}
