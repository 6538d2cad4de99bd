import { z } from 'zod'
import type { Webhook } from './webhook.ts'

/** An option offered with a message. `id` comes back as the payload when it is tapped. */
export interface Option {
  id: string
  title: string
  description?: string
}

/** A message ready for its channel: already degraded to what the channel can show. */
export interface OutboundMessage {
  text: string
  options?: Option[]
  /** The message is this file; `text` is empty. Only for channels that take one: see `ChannelLimits.media`. */
  media?: OutboundMedia
}

export const outboundMediaTypes = ['image', 'video', 'audio', 'document'] as const

export interface OutboundMedia {
  type: (typeof outboundMediaTypes)[number]
  /** Where the channel fetches it. */
  link: string
}

/** What a channel can show, as data. 0 means not at all. */
export interface ChannelLimits {
  name: string
  textLength: number
  buttons: number
  buttonTitleLength: number
  listRows: number
  /** A list is one button, and its rows are seen after a tap on it; absent: they are seen at once. */
  listOpens?: true
  rowTitleLength: number
  /** Longest text that options can go with; absent: as long as any. */
  optionsTextLength?: number
  /** Descriptions are shown on list rows only, and so long; absent: always, and whole. */
  rowDescriptionLength?: number
  /** Longest id of an option that comes back whole; absent: any does. */
  optionIdLength?: number
  /** A push channel allows free answers only for so long after the customer was heard; absent: always. */
  windowMs?: number
  /** It takes files; absent: their addresses are lines of the text. */
  media?: true
  /** A turn waits for this much quiet, so that a burst is read as one; absent: it does not wait. */
  quietMs?: number
}

/** Sends. Adapters never retry: the outbox does. */
export interface Channel {
  readonly name: string
  readonly limits: ChannelLimits
  /** `pull` channels are read by the customer's own request (web chat, /api/chat): a row is delivered when it is read. */
  readonly delivery: 'push' | 'pull'
  /** `key` is our own name of the message: it comes back with its receipts where the channel can carry it. */
  send?(to: Recipient, message: OutboundMessage, signal: AbortSignal): Promise<SendResult>
  /** It has a form for what is said when its window is over. */
  readonly beyondWindow?: true
  readonly webhook?: Webhook
}

export interface Recipient {
  alias: string
  key?: string
  /** They were heard too long ago for free words. */
  beyondWindow?: true
}

export type SendResult =
  /**
   * `awaited`: the customer may get it after what is sent later, as with a file that the channel must fetch. So the next
   * message waits for the receipt of this one, for ten seconds at most.
   */
  | { ok: true; providerId: string; awaited?: true }
  | {
      ok: false
      retryable: boolean
      /** Of a channel that is down the lane decides that itself. */
      retryAfterMs?: number
      code: string
      reason: string
      /** The account or the channel, not this message: nothing else need be tried for now, and a person should look. */
      channelDown?: true
      /** The customer was heard too long ago for free words, whatever we count. */
      windowOver?: true
    }

// ---- POST /api/chat

export const maxMessageLength = 8_000

export const chatRequest = z
  .strictObject({
    message: z.string().optional(),
    payload: z.string().min(1).max(256).optional(),
    user_id: z.string().min(1).max(128),
    session_id: z.string().min(1).max(64).optional(),
    message_id: z.string().min(1).max(128).optional(),
  })
  .refine((body) => (body.message === undefined) !== (body.payload === undefined), {
    message: 'send exactly one of `message` and `payload`',
  })
export type ChatRequest = z.infer<typeof chatRequest>

/** `status`: waiting (for the customer), completed, escalated, faulted, none (no procedure took the message). */
export interface ChatResponse {
  session_id: string | null
  status: SessionStatus | 'none'
  intent: string | null
  step: string | null
  response: string
  messages: OutboundMessage[]
}

export type SessionStatus = 'waiting' | 'completed' | 'escalated' | 'faulted'
