import type { Clock, Ids } from '@copse/contracts'
import type { OpeningHours } from '@copse/time'

/** What a connector may need beside its binding. */
export interface Surroundings {
  secret?: string | undefined
  /** The tenant's data folder, for a connector that keeps something itself. */
  folder?: string
  clock?: Clock
  /** Of what it makes; by chance unless given. */
  ids?: Ids
  /** For what a binding does not say. Without `hours` the tenant never said when it is open. */
  tenant?: { timeZone: string; language: string; hours?: OpeningHours | undefined }
}
