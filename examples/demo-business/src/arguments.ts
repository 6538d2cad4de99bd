import type { OperationManifest } from '@copse/contracts'
import type { Arguments } from './business.ts'

/** Why a request cannot be understood; the caller has a bug, so this is no *no*. */
export class BadRequest extends Error {}

/** Checks what came against the manifest. Ids come in the forms people type them: `ord-123`, `order 123`, `123`. */
export function readArguments({ params }: OperationManifest, given: Record<string, unknown>): Arguments {
  const args = new Map<string, string>()
  for (const [name, { required, enum: allowed }] of Object.entries(params)) {
    const value = given[name]
    const text = typeof value === 'string' ? value.trim() : typeof value === 'number' ? String(value) : ''
    if (text === '' && required) throw new BadRequest(`"${name}" is missing.`)
    if (text === '') continue
    if (allowed && !allowed.includes(text)) throw new BadRequest(`"${name}" is one of ${allowed.join(', ')}.`)
    args.set(name, tidyId(name, text))
  }
  return {
    text: (name) => args.get(name) ?? '',
    optional: (name) => args.get(name) ?? null,
    number: (name) => {
      const digits = /\d[\d,]*(\.\d+)?/.exec(args.get(name) ?? '')?.[0]
      return digits === undefined ? undefined : Number(digits.replaceAll(',', ''))
    },
  }
}

const prefixes: Record<string, string> = { order_id: 'ORD', alert_id: 'FA', account_id: 'ACCT', customer_id: 'CUST' }

function tidyId(name: string, text: string): string {
  const prefix = prefixes[name]
  if (prefix === undefined) return text
  const number = /^\D*?(\d+)$/.exec(text)?.[1]
  return number === undefined ? text.toUpperCase() : `${prefix}-${number}`
}
