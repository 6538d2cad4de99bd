import type { Move } from '@copse/contracts'
import { otherSpelling } from '../spellings.ts'
import { addressOf, fieldsOf, idOf, type Fields } from './read.ts'

/** The second is what later versions of the API call the first; the third is said of who shows no number. */
const changes: ReadonlySet<unknown> = new Set([
  'user_changed_number',
  'customer_changed_number',
  'user_changed_user_id',
])

/**
 * A person who has another phone number now, and with it another user id. Undefined: the message says nothing of the
 * kind. The old user id stands first: it was never anybody else's, as the number may be by now.
 */
export function moveOf(
  { id, type, from, from_user_id: fromUser, system }: Fields,
  channel: string,
  makeId: () => string,
): Move | undefined {
  const { type: what, wa_id: now, new_wa_id: next, previous_user_id: before, user_id: user } = fieldsOf(system)
  if (type !== 'system' || !changes.has(what)) return undefined
  const [to, ...alsoKnownAs] = known([...spellings(addressOf(now) ?? addressOf(next)), addressOf(user)])
  if (to === undefined) return undefined
  const old = known([addressOf(before), addressOf(fromUser), ...spellings(addressOf(from))])
  const left = old.filter((alias) => alias !== to && !alsoKnownAs.includes(alias))
  if (left.length === 0) return undefined
  return {
    kind: 'move',
    channel,
    messageId: idOf(id) ?? makeId(),
    from: left,
    to,
    ...(alsoKnownAs.length > 0 ? { alsoKnownAs } : {}),
  }
}

const spellings = (phone: string | undefined) => [phone, phone && otherSpelling(phone)]

const known = (aliases: readonly (string | undefined)[]): string[] => [
  ...new Set(aliases.filter((alias) => alias !== undefined)),
]
