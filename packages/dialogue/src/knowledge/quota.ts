import type { Clock, UsageStore } from '@copse/contracts'
import { civilAt, instantAt } from '@copse/time'

export interface Quota {
  /** Holds tokens back before a call; called with what it took when it is over. Undefined: they are not left. */
  reserve(tokens: number): Promise<((taken: number) => void) | undefined>
}

interface Given {
  store: UsageStore
  clock: Clock
}

interface Month {
  since: number
  /** In the books when this process first looked. */
  booked: Promise<number>
  /** Held back and taken since. */
  here: number
}

/**
 * Counts what answers take in a calendar month of the tenant. One counter serves a whole process, whatever release
 * says how much there is.
 */
export function createTokenCounter({ store, clock }: Given): (tokensPerMonth: number, zone: string) => Quota {
  let month: Month | undefined

  function present(zone: string): Month {
    const since = monthBegan(zone, clock.now())
    if (month?.since !== since) {
      const begun: Month = { since, booked: store.tokensSince('answer', since), here: 0 }
      // Books that cannot be read are looked into again.
      begun.booked.catch(() => month === begun && (month = undefined))
      month = begun
    }
    return month
  }

  return (tokensPerMonth, zone) => ({
    async reserve(tokens) {
      if (tokens === 0) return () => {}
      const of = present(zone)
      const booked = await of.booked
      if (booked + of.here + tokens > tokensPerMonth) return undefined
      of.here += tokens
      return (taken) => void (of.here += taken - tokens)
    },
  })
}

const monthBegan = (zone: string, now: number): number =>
  instantAt(zone, civilAt(zone, now).toPlainDate().with({ day: 1 }).toPlainDateTime())
