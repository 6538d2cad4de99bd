import { Fault, type InboundEvent, type Meter, type QuietChannels, type StartWith, type Store } from '@copse/contracts'
import type { LaneLimits } from './limits.ts'
import type { Probe } from './probe.ts'
import type { Scheduler } from './scheduler.ts'
import type { TurnRunner } from './turn.ts'

export interface Submitted {
  inboxId: number
  duplicate: boolean
}

/** Takes messages into the inbox while there is room for more. */
export interface Intake {
  /** All of these or none. Durable when it resolves. Fault `busy` or `draining` otherwise, or what the store says. */
  submitAll(events: readonly InboundEvent[]): Promise<Submitted[]>
  /** So many came to wait by another way. */
  added(messages: number): void
  handled(messages: number): void
}

export function createIntake(parts: {
  store: Store
  turns: TurnRunner
  scheduler: Scheduler
  quiet: () => QuietChannels
  isDraining: () => boolean
  meter: Meter
  limits: LaneLimits
  probe: Probe
}): Intake {
  const { store, turns, scheduler, meter, limits, probe } = parts
  let backlog = 0
  let uncommitted = 0

  /** Begins a contact's turn in the commit that takes their message, when there is nothing else to wait for. */
  function startWith(taken: Set<string>): StartWith {
    const quiet = parts.quiet()
    return (contactId, event) => {
      const mayGoOn = event.kind === 'text' && quiet.has(event.channel)
      if (mayGoOn || !scheduler.take(contactId)) return undefined
      taken.add(contactId)
      return turns.start(contactId)
    }
  }

  return {
    async submitAll(events) {
      if (parts.isDraining()) throw new Fault('draining')
      const size = events.reduce((sum, event) => sum + JSON.stringify(event).length, 0)
      if (backlog + events.length > limits.queued || uncommitted + size > limits.queuedSize) throw new Fault('busy')
      backlog += events.length
      uncommitted += size
      const taken = new Set<string>()
      const appended = await store
        .append(events, startWith(taken))
        .catch((error: unknown) => {
          backlog -= events.length
          for (const contactId of taken) scheduler.free(contactId)
          throw error
        })
        .finally(() => (uncommitted -= size))
      probe('accepted')
      for (const { contactId, duplicate, foreignAliases, begun } of appended) {
        if (foreignAliases > 0) meter.count('inbox_foreign_aliases_total', foreignAliases)
        if (duplicate) backlog--
        else if (begun) {
          taken.delete(contactId)
          scheduler.go(contactId, begun)
        } else scheduler.add(contactId)
      }
      for (const contactId of taken) scheduler.free(contactId)
      return appended.map(({ inboxId, duplicate }) => ({ inboxId, duplicate }))
    },
    added(messages) {
      backlog += messages
    },
    handled(messages) {
      backlog -= messages
    },
  }
}
