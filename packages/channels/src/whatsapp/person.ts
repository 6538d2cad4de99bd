import type { InboundEvent } from '@copse/contracts'
import { otherSpelling } from '../spellings.ts'
import { addressOf, fieldsOf, listOf, textOf, type Fields } from './read.ts'

const maxNameLength = 256

/** The card of a person of whom this is known. */
export type CardOf = (phone: string | undefined, user: string | undefined) => Fields | undefined

/**
 * Read once: an envelope may hold as many cards as messages, and both by the thousand. The first of a name counts. A
 * card may spell the number otherwise than the message does.
 */
export function cardsIn(contacts: unknown): CardOf {
  const cards = listOf(contacts).map(fieldsOf)
  const byPhone = new Map(cards.toReversed().map((card) => [card['wa_id'], card]))
  const byUser = new Map(cards.toReversed().map((card) => [card['user_id'], card]))
  return (phone, user) => find(byPhone, phone) ?? find(byUser, user) ?? find(byPhone, phone && otherSpelling(phone))
}

const find = (by: ReadonlyMap<unknown, Fields>, name: string | undefined): Fields | undefined =>
  name === undefined ? undefined : by.get(name)

/**
 * Who sent a message: a phone number, a user id scoped to the business, or both, in the message or in the card that
 * comes with it. A person without a phone number has the user id only. Undefined: nobody that could be answered.
 */
export function senderOf(message: Fields, cardOf: CardOf): InboundEvent['contact'] | undefined {
  const from = addressOf(message['from'])
  const fromUser = addressOf(message['from_user_id'])
  const card = cardOf(from, fromUser)
  const phone = from ?? addressOf(card?.['wa_id'])
  const user = fromUser ?? addressOf(card?.['user_id'])
  const alias = phone ?? user
  if (alias === undefined) return undefined
  const others = [user, phone && otherSpelling(phone)].filter((other) => other !== undefined && other !== alias)
  const name = textOf(fieldsOf(card?.['profile'])['name'])?.slice(0, maxNameLength).toWellFormed()
  return {
    alias,
    ...(others.length > 0 ? { alsoKnownAs: others as string[] } : {}),
    ...(user === undefined || user === alias ? {} : { decisive: user }),
    ...(name === undefined ? {} : { name }),
  }
}
