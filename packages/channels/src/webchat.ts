import type { Channel } from '@copse/contracts'
import { manifests } from './manifests.ts'

/** Our own chat page. The browser reads its messages from the event stream. */
export const webchat: Channel = { name: 'webchat', limits: manifests.webchat, delivery: 'pull' }
