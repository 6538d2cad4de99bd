/**
 * What authoring, rendering and the control plane need of channels, as data: no I/O is loaded from here.
 */
import type { ChannelLimits } from '@copse/contracts'
import { limits } from './pull-limits.ts'
import { limits as whatsapp } from './whatsapp/limits.ts'

/** What each type of channel can show. */
export const manifests = { ...limits, whatsapp } as const satisfies Record<string, ChannelLimits>

export { checkChannel, checkSecret } from './check.ts'
export { channelTypes } from './known.ts'
export type { ChannelType } from './type.ts'
