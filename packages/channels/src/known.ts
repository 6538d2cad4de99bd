import { z } from 'zod'
import { limits } from './pull-limits.ts'
import { defineType, type ChannelType } from './type.ts'
import { whatsapp } from './whatsapp/binding.ts'

const nothingToSet = z.strictObject({})

const pull = [
  defineType({
    type: 'webchat',
    description: 'Our own chat page.',
    limits: limits.webchat,
    config: nothingToSet,
  }),
  defineType({
    type: 'api',
    description: 'Programs, over POST /api/chat.',
    limits: limits.api,
    config: nothingToSet,
  }),
  defineType({
    type: 'http_dev',
    description: 'Scripts, in development only.',
    limits: limits.http_dev,
    config: nothingToSet,
  }),
]

/** Every type of channel as data; `all.ts` has those that push as code. */
export const channelTypes: readonly ChannelType[] = [...pull, whatsapp]
