import type { Channel } from '@copse/contracts'
import { limits } from './pull-limits.ts'

/** POST /api/chat. The answer to the request carries the messages. */
export const api: Channel = { name: 'api', limits: limits.api, delivery: 'pull' }
