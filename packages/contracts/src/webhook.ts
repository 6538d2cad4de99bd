import type { InboundEvent } from './inbound.ts'

/**
 * The inbound side of a channel that is called from outside. Neither call does I/O: what they answer is stored before
 * the outside is told so. Both are total: what they do not know they count, and only a bad signature is refused.
 */
export interface Webhook {
  /** GET: how the outside asks whether this address is ours. Undefined: the token is wrong. */
  handshake(query: Readonly<Record<string, string>>): string | undefined
  /** Verifies the raw bytes, and turns them into all that they hold. Fault `signature_invalid`. */
  receive(request: WebhookRequest): Received
}

export interface WebhookRequest {
  raw: Uint8Array
  /** Names in lower case. */
  headers: Readonly<Record<string, string | undefined>>
}

/** All that one envelope held. */
export interface Received {
  /** What customers did, and who of them has another address from then on, in the order in which it was told. */
  events: (InboundEvent | Move)[]
  receipts: Receipt[]
  /** Messages that the business sent past us: a person answers there. */
  echoes: Echo[]
  /** How many things were left aside, by reason: `other_binding`, `status_unknown`, `account` … */
  dropped: Readonly<Record<string, number>>
}

/** What a channel says of a message of ours, later. States only go up: sent, delivered, read; `failed` ends it. */
export interface Receipt {
  channel: string
  providerId: string
  state: 'sent' | 'delivered' | 'read' | 'failed'
  /** ms. */
  at: number
  /** `channelDown`, `windowOver`: as in the answer to a send. */
  error?: { code: string; reason: string; retryable: boolean; channelDown?: true; windowOver?: true }
}

export interface Echo {
  channel: string
  messageId: string
  alias: string
  text?: string
}

/**
 * Every id that the customer had on the channel is nobody's after that: operators give numbers away again, and a user id
 * ends with its number.
 */
export interface Move {
  kind: 'move'
  channel: string
  /** As with an event: told again, also after they moved on, it changes nothing. */
  messageId: string
  /** Ids of before, the surest first: the first that is known says who it is. */
  from: string[]
  to: string
  /** Other ids that they have from now on. */
  alsoKnownAs?: string[]
}
