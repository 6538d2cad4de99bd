import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from '@copse/contracts'

export interface Scheduler {
  /** The contact has something to do. */
  add(contactId: string): void
  /** Nothing runs before this. */
  start(): void
  /** Begins nothing more; resolves when what runs is over. */
  stop(): Promise<void>
}

/**
 * One turn per contact at a time, at most `concurrency` contacts at once. Fair: after each turn a contact goes to the
 * end of the queue. What there is to do is on disk; in memory is only who has to be looked at.
 */
export function createScheduler(options: {
  /** One turn; answers whether there is more. Rejects only when the storage fails. */
  run: (contactId: string) => Promise<boolean>
  concurrency: number
  stallMs: number
  logger: Logger
}): Scheduler {
  const waiting = new Set<string>()
  const running = new Set<string>()
  /** Those that got something new during their turn. */
  const again = new Set<string>()
  let state: 'held' | 'started' | 'stopped' = 'held'
  const idle = Promise.withResolvers<void>()

  function pump(): void {
    for (const contactId of waiting) {
      if (state !== 'started' || running.size >= options.concurrency) return
      waiting.delete(contactId)
      running.add(contactId)
      void turn(contactId)
    }
  }

  async function turn(contactId: string): Promise<void> {
    const more = await options.run(contactId).catch(async (error: unknown) => {
      options.logger.error({ err: error, contactId }, 'the storage failed; the contact waits')
      await sleep(options.stallMs)
      return true
    })
    running.delete(contactId)
    if (again.delete(contactId) || more) waiting.add(contactId)
    if (state === 'stopped' && running.size === 0) idle.resolve()
    pump()
  }

  return {
    add(contactId) {
      if (running.has(contactId)) again.add(contactId)
      else waiting.add(contactId)
      pump()
    },
    start() {
      if (state === 'held') state = 'started'
      pump()
    },
    stop() {
      state = 'stopped'
      if (running.size === 0) idle.resolve()
      return idle.promise
    },
  }
}
