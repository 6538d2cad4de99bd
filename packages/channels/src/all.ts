import type { Channel, ChannelBinding, Clock } from '@copse/contracts'
import { api } from './api.ts'
import { httpDev } from './http-dev.ts'
import { webchat } from './webchat.ts'
import { whatsapp, whatsappConfig, whatsappCredential } from './whatsapp/binding.ts'

/** What every tenant has, under these names. */
export const pullChannels: readonly Channel[] = [webchat, api, httpDev]

/** `secret` is the credential's JSON object. Binding and secret were checked before. */
export type ChannelFactory = (binding: ChannelBinding, options: { secret: unknown; clock: Clock }) => Promise<Channel>

/**
 * Every type of channel that pushes. A new one is its folder, a line here and one in `known.ts`. A tenant loads those
 * that it has bindings for.
 */
export const factories: Readonly<Record<string, ChannelFactory>> = {
  [whatsapp.type]: async ({ name, config }, { secret, clock }) => {
    const { createWhatsApp } = await import('./whatsapp/channel.ts')
    return createWhatsApp(name, whatsappConfig.parse(config), whatsappCredential.parse(secret), clock)
  },
}
