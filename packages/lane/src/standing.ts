import type {
  JsonObject,
  Logger,
  Meter,
  Misfire,
  Store,
  TimerFiring,
  TimerSpec,
  Turn,
  TurnResult,
} from '@copse/contracts'
import { within } from './within.ts'

/** Something that the process itself does again and again: retention, backups. */
export interface StandingSchedule {
  key: string
  schedule: JsonObject
  zone: string
  misfire?: Misfire
  run(signal: AbortSignal): Promise<void>
}

/** Schedules of the process are timers of a contact that nobody is. */
export const systemChannel = '$system'

const prefix = 'standing:'

export interface Standing {
  /** Makes them timers; those that were set before go on where they were. */
  set(): Promise<void>
  /** A turn of the system contact. What fails is over until its next occurrence. */
  handle(turn: Turn): Promise<TurnResult>
}

export function createStanding(options: {
  standing: readonly StandingSchedule[]
  store: Store
  logger: Logger
  meter: Meter
  runMs: number
}): Standing {
  const { standing, store, logger, meter, runMs } = options

  async function run(found: StandingSchedule, stop: AbortSignal): Promise<'done' | 'failed'> {
    try {
      await within(runMs, stop, (signal) => found.run(signal))
      return 'done'
    } catch (error) {
      // Stopped half way: the next process begins this occurrence again.
      stop.throwIfAborted()
      logger.error({ error, schedule: found.key }, 'a standing schedule failed; its next occurrence tries again')
      return 'failed'
    }
  }

  return {
    async set() {
      await Promise.all(
        standing.map(({ key, schedule, zone, misfire }) => {
          const timer: TimerSpec = {
            key: prefix + key,
            when: { schedule, zone },
            ...(misfire === undefined ? {} : { misfire }),
          }
          return store.changeTimers({ channel: systemChannel, alias: key }, [{ set: timer }])
        }),
      )
    },
    async handle(turn) {
      const firing = turn.events[0]?.data as unknown as TimerFiring
      const found = standing.find(({ key }) => prefix + key === firing.key)
      // The process knows it no longer.
      if (!found)
        return {
          ...nothing([{ kind: 'standing', key: firing.key, state: 'unknown' }]),
          timers: [{ cancel: firing.key }],
        }
      const state = await run(found, turn.signal)
      meter.count('standing_runs_total', 1, { schedule: found.key, state })
      return nothing([{ kind: 'standing', key: firing.key, occurrence: firing.occurrence, state }])
    },
  }
}

/** A turn that comes to nothing but this trace. */
export const nothing = (trace: JsonObject[]): TurnResult => ({ messages: [], trace, handoffs: [], usage: [] })
