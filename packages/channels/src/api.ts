import type { Channel } from '@copse/contracts'
import { manifests } from './manifests.ts'

/** POST /api/chat. The answer to the request carries the messages. */
export const api: Channel = { name: 'api', limits: manifests.api, delivery: 'pull' }
