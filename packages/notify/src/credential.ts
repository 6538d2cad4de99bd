import type { HandoffTargets } from '@copse/contracts'
import { z } from 'zod'

export const notifyCredential = z.strictObject(
  {
    smtpUrl: z.url({ protocol: /^smtps?$/, error: 'is smtps://user:password@host' }).optional(),
    secret: z.string().min(16, 'is at least 16 characters').optional(),
  },
  'is JSON of nothing but {"smtpUrl": "smtps://user:password@host", "secret": "at least 16 characters"}',
)

/** Everything wrong with the secret of `handoffs`, one sentence each, none of which shows it. */
export function checkSecret({ email, webhook, credential = '' }: HandoffTargets, secret: string | undefined): string[] {
  if (!email && !webhook) return []
  const place = `handoffs, credential ${credential}`
  if (secret === undefined) return [`${place}: there is none of this name.`]
  const parsed = notifyCredential.safeParse(jsonOf(secret))
  if (!parsed.success)
    return parsed.error.issues.map(({ path, message }) => `${[place, ...path].map(String).join('.')}: ${message}`)
  return [
    ...(email && parsed.data.smtpUrl === undefined ? [`${place}.smtpUrl: \`handoffs.email\` needs it.`] : []),
    ...(webhook && parsed.data.secret === undefined ? [`${place}.secret: \`handoffs.webhook\` needs it.`] : []),
  ]
}

export function jsonOf(value: string): unknown {
  try {
    return JSON.parse(value)
  } catch {
    // The parser's own words repeat what it read.
    return undefined
  }
}
