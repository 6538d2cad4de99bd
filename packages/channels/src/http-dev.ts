import type { Channel } from '@copse/contracts'
import { manifests } from './manifests.ts'

/** POST /inbound and GET /messages, in development only. */
export const httpDev: Channel = { name: 'http_dev', limits: manifests.http_dev, delivery: 'pull' }
