interface Shape {
  pattern: RegExp
  shown: (found: string, lead?: string) => string
}

const hidden = '[redacted]'

/** What is recognised wherever it stands in a text. A name is not: so no log line is given what a customer said. */
const shapes: readonly Shape[] = [
  { pattern: /((?:bearer|basic)\s+)[\w.~+/=-]+/gi, shown: (_, lead = '') => `${lead}${hidden}` },
  { pattern: /\bcopse_[a-z]+_[\w-]{16,}/gi, shown: () => hidden },
  { pattern: /\b[sp]k-[\w-]{12,}/g, shown: () => hidden },
  { pattern: /\bEAA[A-Za-z0-9]{20,}/g, shown: () => hidden },
  { pattern: /\beyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]*)?/g, shown: () => hidden },
  { pattern: /[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+/g, shown: () => '[email]' },
  // Numbers that stand alone: a digit beside a letter, a dot or a hyphen is part of an id, a version or a date.
  { pattern: /(?<![\w.:/-])\d(?:[ -]?\d){12,18}(?![\w-])/g, shown: (found) => (isCard(found) ? '[card]' : '[number]') },
  { pattern: /(?<![\w.:/-])(?:\+\d[\d ().-]{6,18}\d|\d{9,15})(?![\w-])/g, shown: () => '[phone]' },
]

/** A copy in which nothing is left that looks like a secret or like a person. */
export const withoutShapes = (text: string): string =>
  shapes.reduce(
    (left, { pattern, shown }) => left.replace(pattern, (found: string, lead: unknown) => shown(found, leadOf(lead))),
    text,
  )

/** Without a group, `replace` gives the place in its stead. */
const leadOf = (lead: unknown): string | undefined => (typeof lead === 'string' ? lead : undefined)

/** Luhn's check digit. */
function isCard(text: string): boolean {
  const digits = text.replaceAll(/\D/g, '').split('').toReversed().map(Number)
  const sum = digits.reduce(
    (total, digit, i) => total + (i % 2 === 0 ? digit : digit > 4 ? digit * 2 - 9 : digit * 2),
    0,
  )
  return sum % 10 === 0
}
