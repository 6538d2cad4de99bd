import { setTimeout as sleep } from 'node:timers/promises'
import {
  Fault,
  type BegunTurn,
  type Clock,
  type HandleTurn,
  type Ids,
  type InboundEvent,
  type Logger,
  type Meter,
  type OutboundMessage,
  type SettledTurn,
  type Store,
} from '@copse/contracts'
import { startDeadline } from './deadline.ts'
import { createJournal } from './journal.ts'
import type { LaneLimits } from './limits.ts'
import type { Probe } from './probe.ts'

export interface TurnParts {
  store: Store
  handle: HandleTurn
  apology: (event: InboundEvent) => OutboundMessage
  clock: Clock
  ids: Ids
  logger: Logger
  meter: Meter
  limits: LaneLimits
  probe: Probe
  /** The lane is stopping: tries under way give up, and what they worked on stays pending. */
  stop: AbortSignal
  onSettled: (settled: SettledTurn) => void
}

/** Tries the contact's next turn once. Answers whether there is more to do, the same turn included. */
export function createTurnRunner(parts: TurnParts): (contactId: string) => Promise<boolean> {
  const { store, handle, clock, ids, meter, limits, probe, stop } = parts
  /** Turn → tries that ended because the storage failed. They say nothing about the message. */
  const excused = new Map<string, number>()

  async function attempt(begun: BegunTurn, logger: Logger): Promise<SettledTurn> {
    const { inboxIds: _inboxIds, more: _more, recorded, ...turn } = begun
    const deadline = startDeadline(limits, stop)
    const { signal } = deadline
    const { repeatMs } = limits
    const journal = createJournal({ store, turnId: turn.id, recorded, signal, repeatMs, probe, logger })
    try {
      const result = await deadline.bound(handle({ ...turn, journal, signal }))
      // What a handler makes of an aborted call is not what the customer's message came to.
      signal.throwIfAborted()
      const entries = journal.conclude(result)
      probe('before-commit')
      const settled = await store.commitTurn({ turnId: turn.id, session: turn.session, result, entries })
      probe('committed')
      return settled
    } finally {
      journal.close()
      deadline.end()
    }
  }

  /** The customer is told, a person is told, and the contact goes on. */
  function bury(begun: BegunTurn, error: string, faultSession: boolean): Promise<SettledTurn> {
    const [event] = begun.events
    return store.buryTurn({
      turnId: begun.id,
      session: begun.session,
      faultSession,
      error,
      apology: parts.apology(event!),
      handoff: {
        id: ids.newId(),
        reason: 'message_not_handled',
        summary: `A message could not be handled (try ${begun.attempt}): ${error}`,
        data: { inboxIds: begun.inboxIds, text: event?.text ?? null },
      },
    })
  }

  return async function run(contactId) {
    const begun = await store.beginTurn({ contactId, id: ids.newId(), now: clock.now(), seed: ids.newId() })
    if (!begun) return false
    probe('turn-started')
    const logger = parts.logger.child({ turnId: begun.id, contactId, attempt: begun.attempt })
    const startedAt = clock.now()

    const settle = (settled: SettledTurn, state: 'committed' | 'dead'): boolean => {
      excused.delete(begun.id)
      meter.count('lane_turns_total', 1, { state })
      meter.observe('lane_turn_ms', clock.now() - startedAt, { state })
      parts.onSettled(settled)
      return begun.more
    }

    const tries = begun.attempt - (excused.get(begun.id) ?? 0)
    if (tries > limits.attempts) {
      logger.error({}, 'the process died in every try of this turn: it is buried')
      return settle(await bury(begun, 'The process stopped in every try.', false), 'dead')
    }
    try {
      return settle(await attempt(begun, logger), 'committed')
    } catch (error) {
      if (stop.aborted) return false
      meter.count('lane_tries_failed_total')
      if (codeOf(error) === 'storage_failed') {
        excused.set(begun.id, (excused.get(begun.id) ?? 0) + 1)
        throw error
      }
      const lost = isLost(error)
      if (lost || tries >= limits.attempts) {
        logger.error({ err: error }, 'a turn is buried')
        return settle(await bury(begun, textOf(error), lost), 'dead')
      }
      logger.warn({ err: error }, 'a try of a turn failed')
      await sleep(limits.retryMs[tries - 1] ?? limits.retryMs.at(-1) ?? 0)
      return true
    }
  }
}

const codeOf = (error: unknown): string | undefined => (error instanceof Fault ? error.code : undefined)

/** A run that has left its journal leaves it again, and a session whose tree is gone has no next turn: both end. */
const isLost = (error: unknown): boolean => ['journal_mismatch', 'snapshot_invalid'].includes(codeOf(error) ?? '')

const textOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
