import type { JsonObject } from './json.ts'

/** One thing that happened on a channel, in our vocabulary. A webhook envelope yields any number of these. */
export interface InboundEvent {
  channel: string
  /** The channel's own id of the message: with the channel it makes the dedupe key. */
  messageId: string
  /** Who the channel says it is: phone number, user id … */
  contact: {
    alias: string
    /** Other ids of the same person on this channel: a phone number beside a user id, or its other spelling. */
    alsoKnownAs?: string[]
    /** The one of these ids that is nobody else's ever: operators give phone numbers away again. */
    decisive?: string
    name?: string
  }
  /** The first six are a customer's; the last three come from ourselves. */
  kind: 'text' | 'payload' | 'media' | 'location' | 'form' | 'unsupported' | 'timer' | 'job' | 'approval'
  text?: string
  /** The id of a tapped button or list row. */
  payload?: string
  /** Of a tap on a message of ours that others came after: the turn that said it. Found out when its own turn begins. */
  offeredIn?: string
  /** kind media: what was attached; its caption is `text`. */
  media?: Media
  /** The customer asked, in words of law or custom (STOP), to hear nothing more; or to hear from us again. */
  consent?: 'out' | 'in'
  /** The caller asked to go on with this session. */
  sessionId?: string
  /** The customer asked to begin anew: the open session is left where it is, and routing decides. */
  fresh?: true
  /** When the channel says it was sent, ms; for display only. */
  sentAt?: number
  language?: string
  data?: JsonObject
}

export interface Media {
  type: 'image' | 'video' | 'audio' | 'voice' | 'document' | 'sticker'
  /** The channel's own id of the file. */
  id: string
  mime?: string
  filename?: string
}
