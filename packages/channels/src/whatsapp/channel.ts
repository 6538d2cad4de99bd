import type { Channel, Clock } from '@copse/contracts'
import type { WhatsAppConfig, WhatsAppCredential } from './binding.ts'
import { limits } from './limits.ts'
import { createSend } from './send.ts'
import { createWebhook } from './webhook.ts'

/** Secrets stay inside the closures: the channel itself can be shown to anybody. */
export function createWhatsApp(
  name: string,
  config: WhatsAppConfig,
  credential: WhatsAppCredential,
  clock: Clock,
): Channel {
  return {
    name,
    limits,
    delivery: 'push',
    ...(config.templates === undefined ? {} : { beyondWindow: true as const }),
    send: createSend(config, credential.accessToken, clock),
    webhook: createWebhook(name, config, credential, clock),
  }
}
