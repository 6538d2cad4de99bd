import type { Channel } from '@copse/contracts'
import { limits } from './pull-limits.ts'

/** POST /inbound and GET /messages, in development only. */
export const httpDev: Channel = { name: 'http_dev', limits: limits.http_dev, delivery: 'pull' }
