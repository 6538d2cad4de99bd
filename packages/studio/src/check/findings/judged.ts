import type { ChannelLimits } from '@copse/contracts'
import type { Explored } from '../explore/explore.ts'
import type { State } from '../explore/state.ts'
import type { Finding } from '../finding.ts'
import type { Places } from '../places/places.ts'
import type { Program } from '../program.ts'
import type { Noticed } from './noticed.ts'

/** All that a finding can be judged by. */
export interface Judged {
  program: Program
  explored: Explored
  noticed: Noticed
  places: Places
  /** Nothing was left out: what was never seen cannot happen. */
  isExhaustive: boolean
  channels: readonly ChannelLimits[]
  /** Languages that every text must be there in, beside those that some are. */
  languages: readonly string[]
  story: (state: State, more?: readonly string[]) => string[]
}

export type Found = Omit<Finding, 'file'>
/** One kind of fault, looked for everywhere. */
export type Look = (judged: Judged) => Found[]
