import { setTimeout as sleep } from 'node:timers/promises'
import type { BegunTurn, Logger } from '@copse/contracts'

export interface Scheduler {
  /** The contact has something to do. `later`: customers who wait for an answer come first. */
  add(contactId: string, later?: 'later'): void
  /** A place for a contact whom nobody looks after yet, so that their turn can be begun elsewhere: `go` or `free` follows. */
  take(contactId: string): boolean
  go(contactId: string, begun: BegunTurn): void
  free(contactId: string): void
  /** Nothing runs before this. */
  start(): void
  /** Contacts by what they do now. */
  load(): { running: number; waiting: number; resting: number }
  /** Begins nothing more; resolves when what runs is over. */
  stop(): Promise<void>
}

/** What a contact does next: another turn, nothing, or rest for a while unless something new comes. */
export type Next = 'more' | 'done' | { restMs: number }

/**
 * One turn per contact at a time, at most `concurrency` contacts at once. Fair: after each turn a contact goes to the
 * end of the queue; one place in four is for those who come later, so that they come at all. What there is to do is on
 * disk; in memory is only who has to be looked at.
 */
export function createScheduler(options: {
  /** One turn, the one that was begun or the next. Rejects only when the storage fails. */
  run: (contactId: string, begun?: BegunTurn) => Promise<Next>
  concurrency: number
  stallMs: number
  logger: Logger
}): Scheduler {
  const waiting = new Set<string>()
  const later = new Set<string>()
  const running = new Set<string>()
  const resting = new Map<string, NodeJS.Timeout>()
  /** Those that got something new during their turn. */
  const again = new Set<string>()
  let state: 'held' | 'started' | 'stopped' = 'held'
  let taken = 0
  const idle = Promise.withResolvers<void>()

  function pump(): void {
    for (;;) {
      if (state !== 'started' || running.size >= options.concurrency) return
      const contactId = next()
      if (contactId === undefined) return
      endRest(contactId)
      running.add(contactId)
      void turn(contactId)
    }
  }

  function next(): string | undefined {
    const isTheirs = later.size > 0 && (waiting.size === 0 || taken++ % 4 === 3)
    const from = isTheirs ? later : waiting
    const [contactId] = from
    if (contactId !== undefined) from.delete(contactId)
    return contactId
  }

  async function turn(contactId: string, begun?: BegunTurn): Promise<void> {
    const then = await options.run(contactId, begun).catch(async (error: unknown) => {
      options.logger.error({ error, contactId }, 'the storage failed; the contact waits')
      await sleep(options.stallMs)
      return 'more' as const
    })
    leave(contactId, then)
  }

  function leave(contactId: string, then: Next): void {
    running.delete(contactId)
    if (again.delete(contactId) || then === 'more') waiting.add(contactId)
    else if (then !== 'done') rest(contactId, then.restMs)
    if (state === 'stopped' && running.size === 0) idle.resolve()
    pump()
  }

  function rest(contactId: string, restMs: number): void {
    if (state === 'stopped') return
    resting.set(
      contactId,
      setTimeout(() => wake(contactId), restMs),
    )
  }

  /** Whoever has a turn for another reason does not rest any more: woken meanwhile, they would have two at once. */
  function endRest(contactId: string): void {
    clearTimeout(resting.get(contactId))
    resting.delete(contactId)
  }

  function wake(contactId: string): void {
    endRest(contactId)
    later.delete(contactId)
    waiting.add(contactId)
    pump()
  }

  return {
    add(contactId, when) {
      if (running.has(contactId)) again.add(contactId)
      else if (when === undefined) wake(contactId)
      else if (!waiting.has(contactId)) {
        later.add(contactId)
        pump()
      }
    },
    take(contactId) {
      const isLookedAfter = [running, waiting, later, resting].some((those) => those.has(contactId))
      if (isLookedAfter || state !== 'started' || running.size >= options.concurrency) return false
      running.add(contactId)
      return true
    },
    // Whoever waits to hear that their message is kept comes before the work on it.
    go: (contactId, begun) => void setImmediate(() => void turn(contactId, begun)),
    free: (contactId) => leave(contactId, 'done'),
    start() {
      if (state === 'held') state = 'started'
      pump()
    },
    load: () => ({ running: running.size, waiting: waiting.size + later.size, resting: resting.size }),
    stop() {
      state = 'stopped'
      for (const timer of resting.values()) clearTimeout(timer)
      resting.clear()
      if (running.size === 0) idle.resolve()
      return idle.promise
    },
  }
}
