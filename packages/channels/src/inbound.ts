import { maxMessageLength, Fault, type InboundEvent } from '@copse/contracts'
import { z } from 'zod'
import { consentIn } from './consent.ts'

/** What the chat page posts. `id` is made by the page, so that a resend is recognised. */
export const webChatRequest = z.strictObject({
  id: z.string().min(8).max(64),
  text: z.string().optional(),
  payload: z.string().min(1).max(256).optional(),
  /** Of a tap: the number of our message that it is on. Another page of the visitor may have answered it. */
  on: z.int().positive().optional(),
  /** The visitor asked to begin anew. */
  fresh: z.boolean().optional(),
})

/** A request of one message, whichever route it came by, as an event. Refuses what no channel may bring in. */
export function toInbound(from: {
  channel: string
  /** The sender's own number for it. */
  messageId: string
  alias: string
  text?: string | undefined
  payload?: string | undefined
  on?: number | undefined
  sessionId?: string | undefined
  language?: string | undefined
  fresh?: boolean | undefined
  sentAt: number
}): InboundEvent {
  const { channel, messageId, alias, text, payload, sessionId, language, sentAt } = from
  const said = text?.trim() ?? ''
  if (payload === undefined && said === '') throw new Fault('message_empty')
  if (said.length > maxMessageLength)
    throw new Fault('message_too_long', {
      detail: `The limit is ${maxMessageLength} characters.`,
      extra: { limit: maxMessageLength },
    })
  // A tap is an answer, whatever it is called.
  const consent = payload === undefined ? consentIn(said) : undefined
  return {
    channel,
    // Two senders may number their messages alike. Written so that no sender and number read as another's.
    messageId: JSON.stringify([alias, messageId]),
    contact: { alias },
    kind: payload === undefined ? 'text' : 'payload',
    ...(payload === undefined ? {} : { payload }),
    ...(payload === undefined || from.on === undefined ? {} : { data: { replyTo: from.on } }),
    ...(said === '' ? {} : { text: said }),
    ...(sessionId === undefined ? {} : { sessionId }),
    ...(language === undefined ? {} : { language }),
    ...(from.fresh ? { fresh: true } : {}),
    ...(consent === undefined ? {} : { consent }),
    sentAt,
  }
}
