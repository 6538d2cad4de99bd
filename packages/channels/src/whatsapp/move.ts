import type { Move } from '@copse/contracts'
import { otherSpelling } from '../spellings.ts'
import { addressOf, fieldsOf, type Fields } from './read.ts'

/** The second is what later versions of the API call it. */
const changes: ReadonlySet<unknown> = new Set(['user_changed_number', 'customer_changed_number'])

/** A person who has another phone number now. Undefined: the message says nothing of the kind. */
export function moveOf({ type, from, system }: Fields, channel: string): Move | undefined {
  const { type: what, wa_id: now, new_wa_id: next } = fieldsOf(system)
  if (type !== 'system' || !changes.has(what)) return undefined
  const old = addressOf(from)
  const to = addressOf(now) ?? addressOf(next)
  if (old === undefined || to === undefined || old === to) return undefined
  return { channel, from: [old, otherSpelling(old) ?? []].flat(), to }
}
