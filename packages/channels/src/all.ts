import type { Channel } from '@copse/contracts'
import { api } from './api.ts'
import { httpDev } from './http-dev.ts'
import { webchat } from './webchat.ts'

/** Every channel, by name. A new one is its file and a line here. */
export const createChannels = (): ReadonlyMap<string, Channel> =>
  new Map([webchat, api, httpDev].map((channel) => [channel.name, channel]))
