import type { InboundEvent, JsonObject, Received } from '@copse/contracts'
import { consentIn } from '../consent.ts'
import { echoOf } from './echo.ts'
import { readMessage } from './message.ts'
import { cardsIn, senderOf, type CardOf } from './person.ts'
import { moveOf } from './move.ts'
import { fieldsOf, hashOf, idOf, jsonOf, listOf, timeOf, type Fields } from './read.ts'
import { receiptOf } from './receipt.ts'

interface Reader {
  /** Name of the binding. */
  channel: string
  phoneNumberId: string
  now: number
}

/** A reason is one of ours, never a word from outside: it becomes a label. */
type Reason =
  | 'not_json'
  | 'unknown'
  | 'other_binding'
  | 'account'
  | 'error'
  | 'group'
  | 'sender_unknown'
  | 'status_unknown'
  | 'echo_unknown'
  | 'reaction'
  | 'edit'
  | 'delete'
  | 'system'

/**
 * Everything that an envelope holds: every entry, change, message, status, echo and error. Total, because an envelope
 * that is refused comes back for a week; what is not for us is counted.
 */
export function openEnvelope(raw: Uint8Array, reader: Reader): Received {
  const received: Received = { events: [], receipts: [], echoes: [], dropped: {} }
  const dropped: Partial<Record<Reason, number>> = {}
  const drop = (reason: Reason, by = 1): void => void (dropped[reason] = (dropped[reason] ?? 0) + by)

  // An envelope may hold 50,000 messages without ids, and has one hash.
  let hash: string | undefined
  const idAt = (at: number, place: number): string => `${(hash ??= hashOf(raw))}:${at}:${place}`

  // Bytes that are no text become letters that stand for nothing: the rest can be read all the same.
  const body = jsonOf(new TextDecoder().decode(raw))
  const changes = changesIn(body)
  if (body === undefined) drop('not_json')
  else if (changes.length === 0) drop('unknown')
  for (const [at, { field, value }] of changes.entries()) {
    const holds = listsIn(value)
    if (!isForUs(value, reader)) {
      drop('other_binding', Math.max(1, holds.messages.length + holds.statuses.length + holds.echoes.length))
      continue
    }
    if (!messageFields.has(field)) {
      drop('account')
      continue
    }
    if (Object.values(holds).every((list) => list.length === 0)) drop('unknown')
    drop('error', holds.errors.length)
    const cardOf = cardsIn(value['contacts'])
    for (const [place, message] of holds.messages.entries()) {
      const makeId = (): string => idAt(at, place)
      const read = moveOf(message, reader.channel, makeId) ?? eventOf(message, cardOf, reader, makeId)
      if (typeof read === 'string') drop(read)
      else received.events.push(read)
    }
    for (const status of holds.statuses) {
      const receipt = receiptOf(status, reader.channel, reader.now)
      if (receipt) received.receipts.push(receipt)
      else drop('status_unknown')
    }
    for (const each of holds.echoes) {
      const echo = echoOf(each, reader.channel) ?? 'echo_unknown'
      if (typeof echo === 'string') drop(echo)
      else received.echoes.push(echo)
    }
  }
  received.dropped = Object.fromEntries(Object.entries(dropped).filter(([, count]) => count > 0))
  return received
}

/** Some partners of Meta leave the field out. Other fields tell of the account; old conversations are not read again. */
const messageFields: ReadonlySet<unknown> = new Set([undefined, 'messages', 'message_echoes', 'smb_message_echoes'])

function changesIn(body: unknown): { field: unknown; value: Fields }[] {
  return listOf(fieldsOf(body)['entry'])
    .flatMap((entry) => listOf(fieldsOf(entry)['changes']))
    .map(fieldsOf)
    .map(({ field, value }) => ({ field, value: fieldsOf(value) }))
}

const listsIn = (value: Fields) => ({
  messages: listOf(value['messages']).map(fieldsOf),
  statuses: listOf(value['statuses']).map(fieldsOf),
  echoes: listOf(value['message_echoes']).map(fieldsOf),
  errors: listOf(value['errors']),
})

/** One app may have many numbers, and sends what concerns any of them to each address. */
function isForUs(value: Fields, { phoneNumberId }: Reader): boolean {
  const named = fieldsOf(value['metadata'])['phone_number_id']
  return named === undefined || named === phoneNumberId
}

function eventOf(
  message: Fields,
  cardOf: CardOf,
  { channel, now }: Reader,
  makeId: () => string,
): InboundEvent | Reason {
  if (message['group_id'] !== undefined) return 'group'
  const said = readMessage(message)
  if ('dropped' in said) return said.dropped
  const contact = senderOf(message, cardOf)
  if (contact === undefined) return 'sender_unknown'
  const sentAt = timeOf(message['timestamp'], now)
  // Options of ours are answers, whatever they are called; a template's buttons are words.
  const isOwnOption = said.kind === 'payload' && message['type'] === 'interactive'
  const consent = said.text === undefined || said.media || isOwnOption ? undefined : consentIn(said.text)
  const data = { ...said.data, ...contextOf(message) }
  return {
    channel,
    messageId: idOf(message['id']) ?? makeId(),
    contact,
    ...said,
    ...(Object.keys(data).length > 0 ? { data } : {}),
    ...(consent === undefined ? {} : { consent }),
    ...(sentAt === undefined ? {} : { sentAt }),
  }
}

/** Which message it answers, and whether the words are another's. */
function contextOf(message: Fields): JsonObject {
  const { id, forwarded, frequently_forwarded: often } = fieldsOf(message['context'])
  const replyTo = idOf(id)
  return {
    ...(replyTo === undefined ? {} : { replyTo }),
    ...(forwarded === true || often === true ? { forwarded: true } : {}),
  }
}
