import type { Diagnostic } from '@copse/contracts'

/** Words that start two procedures start neither: whoever says them would be asked which is meant, every time. */
export function claimedTwice(procedures: readonly { id: string; triggers: readonly string[] }[]): Diagnostic[] {
  const claimed = new Map<string, string>()
  return procedures.flatMap(({ id, triggers }) =>
    triggers.flatMap((trigger): Diagnostic[] => {
      const words = wordsOf(trigger)
      const other = claimed.get(words) ?? id
      claimed.set(words, other)
      if (other === id) return []
      return [
        {
          code: 'trigger_taken',
          severity: 'error',
          message: `"${id}" is started by "${trigger}", and so is "${other}".`,
          fix: 'Leave it to one of the two, or give each a longer phrase of its own: the longest that fits wins.',
          file: id,
          line: 1,
          column: 1,
        },
      ]
    }),
  )
}

/** As messages are compared with them: without case, accents and signs. */
const wordsOf = (trigger: string): string =>
  trigger
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
