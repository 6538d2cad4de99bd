import type { ChannelLimits } from '@copse/contracts'
import type { z } from 'zod'

/** What authoring and the control plane need to know of a kind of channel, without its I/O. */
export interface ChannelType {
  type: string
  description: string
  limits: ChannelLimits
  config: z.ZodType
  /** What its credential holds, written as a JSON object; absent: it needs none. */
  credential?: z.ZodType
}

export const defineType = <const T extends ChannelType>(type: T): T => type
