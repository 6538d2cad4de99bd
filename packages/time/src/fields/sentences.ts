import type { z } from 'zod'

/** What an object says of itself when it is none, or has keys that it does not know. */
export const sentence =
  (what: string, keys: readonly string[]) =>
  (issue: z.core.$ZodRawIssue): string => {
    const known = keys.map((key) => `\`${key}\``).join(', ')
    if (issue.code !== 'unrecognized_keys') return `${what} is an object of ${known}.`
    return `${what} has no \`${String(issue.keys[0])}\`. It has ${known}.`
  }
