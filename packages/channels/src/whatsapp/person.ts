import type { InboundEvent } from '@copse/contracts'
import { otherSpelling } from '../spellings.ts'
import { addressOf, fieldsOf, listOf, textOf, type Fields } from './read.ts'

const maxNameLength = 256

/**
 * Who sent a message: a phone number, a user id scoped to the business, or both, in the message or in the card that
 * comes with it. A person without a phone number has the user id only. Undefined: nobody that could be answered.
 */
export function senderOf(message: Fields, contacts: unknown): InboundEvent['contact'] | undefined {
  const from = addressOf(message['from'])
  const fromUser = addressOf(message['from_user_id'])
  const card = listOf(contacts)
    .map(fieldsOf)
    .find(
      ({ wa_id: phone, user_id: user }) =>
        (from !== undefined && phone === from) || (fromUser !== undefined && user === fromUser),
    )
  const phone = from ?? addressOf(card?.['wa_id'])
  const user = fromUser ?? addressOf(card?.['user_id'])
  const alias = phone ?? user
  if (alias === undefined) return undefined
  const others = [user, phone && otherSpelling(phone)].filter((other) => other !== undefined && other !== alias)
  const name = textOf(fieldsOf(card?.['profile'])['name'])?.slice(0, maxNameLength).toWellFormed()
  return {
    alias,
    ...(others.length > 0 ? { alsoKnownAs: others as string[] } : {}),
    ...(name === undefined ? {} : { name }),
  }
}
