import { createHash, timingSafeEqual } from 'node:crypto'
import { Fault, type Clock, type Webhook } from '@copse/contracts'
import type { WhatsAppCredential } from './binding.ts'
import { openEnvelope } from './envelope.ts'
import { isSignedBy } from './signature.ts'

export function createWebhook(
  name: string,
  { phoneNumberId }: { phoneNumberId: string },
  { appSecret, verifyToken }: Pick<WhatsAppCredential, 'appSecret' | 'verifyToken'>,
  clock: Clock,
): Webhook {
  return {
    handshake(query) {
      const asks = query['hub.mode'] === 'subscribe'
      return asks && sameWord(query['hub.verify_token'] ?? '', verifyToken) ? query['hub.challenge'] : undefined
    },
    receive({ raw, headers }) {
      if (!isSignedBy(appSecret, raw, headers['x-hub-signature-256'])) throw new Fault('signature_invalid')
      return openEnvelope(raw, { channel: name, phoneNumberId, now: clock.now() })
    },
  }
}

/** Compares hashes, so that neither content nor length shows in the time taken. */
const sameWord = (a: string, b: string): boolean => timingSafeEqual(sha256(a), sha256(b))
const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest()
