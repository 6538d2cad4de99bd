/**
 * Work that goes on behind the API: level-triggered passes that look at the whole state, so that a lost or a doubled
 * trigger does no harm. A job's state is in Postgres; what is queued here is only "look now".
 */
export abstract class Jobs {
  /** Runs every `everyMs` and whenever triggered, one run at a time. A failed run is logged and tried at the next. */
  abstract define(name: string, everyMs: number, run: () => Promise<void>): Promise<void>
  /** A trigger during a run leads to one more run. Nobody waits for it, nor for a queue that is away. */
  abstract trigger(name: string): void
  /** Waits for what runs; nothing runs afterwards. */
  abstract close(): Promise<void>
}
