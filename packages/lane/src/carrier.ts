import { setTimeout as sleep } from 'node:timers/promises'
import type { Clock, Logger } from '@copse/contracts'
import type { LaneLimits } from './limits.ts'

/** The clock may jump, and a release may name another address: look again at least this often. */
const longestSleepMs = 30_000

/** Carries what waits in the store to somebody outside, several at once. */
export interface Carrier<Load> {
  /** There may be something to carry. */
  poke(): void
  /** How many more may be under way. */
  room(): number
  begin(load: Load): void
  /** Claims nothing more; resolves when what is under way is over. */
  stop(): Promise<void>
}

export function createCarrier<Load extends { seq: number }, Settled>(options: {
  /** Begins what is due, as far as there is room. Answers when to look again; undefined: when one of them is over. */
  claim: () => Promise<number | undefined>
  carry: (load: Load) => Promise<Settled>
  settle: (seq: number, settled: Settled) => Promise<void>
  /** For the log. */
  lines: { unread: string; unsettled: string }
  atOnce: number
  limits: Pick<LaneLimits, 'stallMs'>
  clock: Clock
  logger: Logger
}): Carrier<Load> {
  const { claim, carry, settle, lines, limits, clock, logger } = options
  const underWay = new Set<Promise<void>>()
  let claiming: Promise<void> | undefined
  let poked = false
  let stopped = false
  let timer: NodeJS.Timeout | undefined

  function poke(): void {
    if (stopped) return
    poked = true
    claiming ??= look().finally(() => {
      claiming = undefined
      if (poked) poke()
    })
  }

  async function look(): Promise<void> {
    poked = false
    clearTimeout(timer)
    try {
      const nextAt = await claim()
      if (nextAt !== undefined) wake(Math.max(0, nextAt - clock.now()))
    } catch (error) {
      logger.error({ error }, lines.unread)
      wake(limits.stallMs)
    }
  }

  function wake(afterMs: number): void {
    if (!stopped) timer = setTimeout(poke, Math.min(afterMs, longestSleepMs))
  }

  async function bring(load: Load): Promise<void> {
    const settled = await carry(load)
    // Until it is written down it counts as being carried, and holds up what comes behind it.
    for (;;) {
      try {
        return await settle(load.seq, settled)
      } catch (error) {
        logger.error({ error, seq: load.seq }, lines.unsettled)
        if (stopped) return
        await sleep(limits.stallMs)
      }
    }
  }

  return {
    poke,
    room: () => options.atOnce - underWay.size,
    begin(load) {
      const brought = bring(load).finally(() => {
        underWay.delete(brought)
        poke()
      })
      underWay.add(brought)
    },
    async stop() {
      stopped = true
      clearTimeout(timer)
      await claiming
      await Promise.all(underWay)
    },
  }
}
