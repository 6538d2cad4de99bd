import type { Clock, Logger, Meter, Store, TimerChange } from '@copse/contracts'
import type { LaneLimits } from './limits.ts'

/** Rings the timers of the store: what is due goes to the inbox, and its contact to the scheduler. */
export interface Timers {
  start(): void
  /** These were committed: one of them may be due before all that was known of. */
  changed(changes: readonly TimerChange[]): void
  /** These rows of the inbox are handled: there is room for more. */
  settled(inboxIds: readonly number[]): void
  /** Fired and not handled yet. */
  underWay(): number
  /** Fires nothing more. */
  stop(): Promise<void>
}

/** What one commit fires at most, so that customers' messages get in between. */
const batch = 500

export function createTimers(options: {
  store: Store
  clock: Clock
  logger: Logger
  meter: Meter
  limits: LaneLimits
  onFired: (events: readonly { inboxId: number; contactId: string }[]) => void
}): Timers {
  const { store, clock, logger, meter, limits, onFired } = options
  /** Fired and not handled yet. Everything else that is due stays where it is, and takes no customer's place. */
  const underWay = new Set<number>()
  let state: 'held' | 'started' | 'stopped' = 'held'
  let firing: Promise<void> | undefined
  let again = false
  let alarm: NodeJS.Timeout | undefined
  let alarmAt = Number.POSITIVE_INFINITY

  function look(): void {
    if (state !== 'started') return
    again = true
    // Looked at again when there is room.
    if (!hasRoom()) return
    firing ??= fire().finally(() => {
      firing = undefined
      if (again) look()
    })
  }

  const hasRoom = (): boolean => underWay.size < limits.timers

  async function fire(): Promise<void> {
    again = false
    try {
      const limit = Math.min(batch, limits.timers - underWay.size)
      const { events, skipped, unread, latestMs, nextAt } = await store.fireTimers(clock.now(), limit)
      for (const { inboxId } of events) underWay.add(inboxId)
      if (events.length > 0) {
        onFired(events)
        meter.count('timers_fired_total', events.length)
        meter.observe('timer_late_ms', latestMs)
      }
      if (skipped > 0) {
        meter.count('timers_skipped_total', skipped)
        logger.warn({ skipped }, 'occurrences of timers were missed and are not made up for')
      }
      if (unread.length > 0) {
        const zones = [...new Set(unread)]
        logger.error(
          { timers: unread.length, zones },
          'timers do not come: their zone is not known here, or their schedule',
        )
      }
      if (nextAt !== undefined && nextAt <= clock.now()) again = true
      else wakeAt(nextAt ?? Number.POSITIVE_INFINITY)
    } catch (error) {
      logger.error({ error }, 'the timers could not be read')
      wakeAt(clock.now() + limits.stallMs)
    }
  }

  /** The clock may be set meanwhile, and a long sleep would not notice: it looks again at least so often. */
  function wakeAt(at: number): void {
    if (state !== 'started') return
    clearTimeout(alarm)
    alarmAt = at
    alarm = setTimeout(look, Math.min(Math.max(0, at - clock.now()), limits.wakeMs))
  }

  return {
    start() {
      if (state === 'held') state = 'started'
      look()
    },
    changed(changes) {
      const at = Math.min(...changes.map((change) => ('set' in change ? dueAt(change.set.when) : Infinity)))
      if (at <= clock.now()) look()
      // What fires now may have looked before these were there.
      else if (firing !== undefined) again = true
      else if (at < alarmAt) wakeAt(at)
    },
    settled(inboxIds) {
      const before = underWay.size
      for (const inboxId of inboxIds) underWay.delete(inboxId)
      // Half of it at a time: not one commit for each that was handled.
      if (again && before > limits.timers / 2 && underWay.size <= limits.timers / 2) look()
    },
    underWay: () => underWay.size,
    async stop() {
      state = 'stopped'
      clearTimeout(alarm)
      await firing
    },
  }
}

/** When a schedule comes first, the store knows. */
const dueAt = (when: { at: number } | { schedule: object }): number => ('at' in when ? when.at : 0)
