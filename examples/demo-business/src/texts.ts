/** A sentence per language that Copse's demo tenants speak. */
export interface Texts {
  [language: string]: string
  en: string
  es: string
}

const formats = new Map<string, Intl.NumberFormat>()

export function money(amount: number, currency = 'USD'): string {
  const format = formats.get(currency) ?? new Intl.NumberFormat('en-US', { style: 'currency', currency })
  formats.set(currency, format)
  return format.format(amount)
}

/** A refusal in the shape that connectors understand, with words for the customer. */
export const refused = (code: string, message: Texts) => ({ ok: false as const, code, reason: message.en, message })

export const notFound = (what: string) => ({ found: false, code: 'not_found', reason: `There is no such ${what}.` })
