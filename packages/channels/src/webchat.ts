import type { Channel } from '@copse/contracts'
import { limits } from './pull-limits.ts'

/** Our own chat page. The browser reads its messages from the event stream. */
export const webchat: Channel = { name: 'webchat', limits: limits.webchat, delivery: 'pull' }
