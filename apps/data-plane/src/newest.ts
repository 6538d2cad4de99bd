import { Fault, type Bundle, type Clock, type TenantStatus } from '@copse/contracts'
import type { Live } from './live.ts'

/** Whether what is newest is also what runs. */
export interface Newest {
  use: (bundle: Bundle) => Promise<void>
  /** It could not even be read. */
  refuse: (error: unknown) => void
  /** Null while what is newest runs. */
  refused: () => TenantStatus['refused']
}

const longest = 2_000

/** Remembers what was refused until something newer can be used: who only looks at what runs would not know. */
export function createNewest(live: Pick<Live, 'use'>, clock: Clock): Newest {
  let refused: TenantStatus['refused'] = null
  const refuse = (error: unknown): void => {
    // Bugs are told by the log, where their stack is.
    const why = error instanceof Fault ? (error.detail ?? error.message).trim() : 'See the log of the process.'
    refused = { at: clock.now(), why: why.slice(0, longest) }
  }
  return {
    async use(bundle) {
      try {
        await live.use(bundle)
        refused = null
      } catch (error) {
        refuse(error)
        throw error
      }
    },
    refuse,
    refused: () => refused,
  }
}
