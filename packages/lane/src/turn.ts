import { setTimeout as sleep } from 'node:timers/promises'
import {
  Fault,
  isOfStorage,
  reasonOf,
  type BegunTurn,
  type Clock,
  type HandleTurn,
  type HandoffRules,
  type Ids,
  type InboundEvent,
  type Logger,
  type Meter,
  type OutboundMessage,
  type QuietChannels,
  type SettledTurn,
  type Store,
  type TimerChange,
  type TurnStart,
} from '@copse/contracts'
import { startDeadline } from './deadline.ts'
import { calledOff, heldForPerson } from './held.ts'
import { createJournal } from './journal.ts'
import type { LaneLimits } from './limits.ts'
import type { Probe } from './probe.ts'
import { nothing, systemChannel } from './standing.ts'
import type { Next } from './scheduler.ts'

export interface TurnParts {
  store: Store
  handle: HandleTurn
  apology: (event: InboundEvent) => OutboundMessage
  /** The channels whose texts are read together. */
  quiet: () => QuietChannels
  /** Contacts whose messages waited long enough while no process ran. */
  leftOver: Set<string>
  clock: Clock
  ids: Ids
  logger: Logger
  meter: Meter
  limits: LaneLimits
  probe: Probe
  /** The lane is stopping: tries under way give up, and what they worked on stays pending. */
  stop: AbortSignal
  onSettled: (settled: SettledTurn) => void
  /** For the handoffs of a turn. */
  rules: () => HandoffRules | undefined
  onTimers: (changes: readonly TimerChange[]) => void
}

export interface TurnRunner {
  /** For a turn that begins now. */
  start: (contactId: string) => TurnStart
  /** Tries the contact's next turn once, unless it waits for quiet. `more` includes the same turn. */
  run: (contactId: string, begun?: BegunTurn) => Promise<Next>
}

export function createTurnRunner(parts: TurnParts): TurnRunner {
  const { store, handle, clock, ids, meter, limits, probe, stop } = parts
  /** Turn → tries that could not be given back, because the storage failed for that as well. */
  const excused = new Map<string, number>()

  async function attempt(begun: BegunTurn, logger: Logger): Promise<SettledTurn> {
    const { inboxIds: _ids, more: _more, owner: _owner, receivedAt: _at, lapsed: _lapsed, recorded, ...turn } = begun
    const isOurs = turn.channel === systemChannel
    const deadline = startDeadline(isOurs ? { ...limits, turnMs: 2 * limits.standingMs } : limits, stop)
    const { signal } = deadline
    const began = clock.now()
    const { repeatMs } = limits
    const journal = createJournal({ store, turnId: turn.id, recorded, signal, repeatMs, probe, logger })
    try {
      const result =
        calledOff(begun) ?? heldForPerson(begun) ?? (await deadline.bound(handle({ ...turn, journal, signal })))
      // What a handler makes of an aborted call is not what the customer's message came to.
      signal.throwIfAborted()
      const entries = journal.conclude(result)
      probe('before-commit')
      const ranAt = clock.now()
      meter.observe('lane_phase_ms', ranAt - began, { phase: 'run' })
      const settled = await store.commitTurn({
        turnId: turn.id,
        session: turn.session,
        result,
        entries,
        rules: parts.rules(),
      })
      probe('committed')
      meter.observe('lane_phase_ms', clock.now() - ranAt, { phase: 'commit' })
      if (result.timers) parts.onTimers(result.timers)
      return settled
    } finally {
      journal.close()
      deadline.end()
    }
  }

  /** The customer is told, a person is told, and the contact goes on. */
  function bury(begun: BegunTurn, error: string, faultSession: boolean): Promise<SettledTurn> {
    const [event] = begun.events
    // Nobody is to be told: its next occurrence comes.
    if (begun.channel === systemChannel) {
      const result = nothing([{ kind: 'standing', state: 'given up', error }])
      return store.commitTurn({ turnId: begun.id, session: undefined, result, entries: [] })
    }
    return store.buryTurn({
      turnId: begun.id,
      session: begun.session,
      faultSession,
      error,
      apology: parts.apology(event!),
      rules: parts.rules(),
      handoff: {
        id: ids.newId(),
        reason: 'message_not_handled',
        summary: `A message could not be handled (try ${begun.attempt}): ${error}`,
        data: { inboxIds: begun.inboxIds, text: textsOf(begun.events) },
      },
    })
  }

  /** Neither a process that was told to stop nor a disk that failed says anything about the message. */
  async function excuse(turnId: string): Promise<void> {
    try {
      await store.giveTryBack(turnId)
    } catch {
      excused.set(turnId, (excused.get(turnId) ?? 0) + 1)
    }
  }

  /** How long the contact's next turn still waits, so that a burst is read as one. */
  async function restMs(contactId: string, quiet: QuietChannels): Promise<number> {
    if (parts.leftOver.delete(contactId) || quiet.size === 0) return 0
    const until = await store.quietUntil(contactId, quiet)
    return until === undefined ? 0 : until - clock.now()
  }

  const start = (contactId: string): TurnStart => ({
    contactId,
    id: ids.newId(),
    now: clock.now(),
    seed: ids.newId(),
    bursts: [...parts.quiet().keys()],
  })

  async function carry(begun: BegunTurn, askedAt: number): Promise<Next> {
    const contactId = begun.contact.id
    probe('turn-started')
    const logger = parts.logger.child({ turnId: begun.id, contactId, attempt: begun.attempt })
    const startedAt = clock.now()
    if (begun.attempt === 1) meter.observe('lane_phase_ms', Math.max(0, askedAt - begun.receivedAt), { phase: 'wait' })
    meter.observe('lane_phase_ms', startedAt - askedAt, { phase: 'load' })

    const settle = (settled: SettledTurn, state: 'committed' | 'dead'): Next => {
      excused.delete(begun.id)
      meter.count('lane_turns_total', 1, { state })
      meter.observe('lane_turn_ms', clock.now() - startedAt, { state })
      parts.onSettled(settled)
      return begun.more ? 'more' : 'done'
    }

    const tries = begun.attempt - (excused.get(begun.id) ?? 0)
    if (tries > limits.attempts) {
      logger.error({}, 'the process died in every try of this turn: it is buried')
      return settle(await bury(begun, 'The process stopped in every try.', false), 'dead')
    }
    try {
      return settle(await attempt(begun, logger), 'committed')
    } catch (error) {
      if (stop.aborted || isOfStorage(error)) await excuse(begun.id)
      if (stop.aborted) return 'done'
      meter.count('lane_tries_failed_total')
      // What waits for its turn waits, and is not buried.
      if (isOfStorage(error)) throw error
      const lost = isLost(error)
      if (lost || isNewer(error) || tries >= limits.attempts) {
        logger.error({ error }, 'a turn is buried')
        return settle(await bury(begun, reasonOf(error), lost), 'dead')
      }
      logger.warn({ error }, 'a try of a turn failed')
      await sleep(limits.retryMs[tries - 1] ?? limits.retryMs.at(-1) ?? 0)
      return 'more'
    }
  }

  return {
    start,
    async run(contactId, begun) {
      if (begun) return carry(begun, begun.now)
      const rest = await restMs(contactId, parts.quiet())
      if (rest > 0) return { restMs: Math.min(rest, longestRestMs) }
      const asked = start(contactId)
      const found = await store.beginTurn(asked)
      return found ? carry(found, asked.now) : 'done'
    },
  }
}

/** The clock may jump back: look again at least this often. */
const longestRestMs = 5_000

const codeOf = (error: unknown): string | undefined => (error instanceof Fault ? error.code : undefined)

/** A run that has left its journal leaves it again, and a session whose tree is gone has no next turn: both end. */
const isLost = (error: unknown): boolean => ['journal_mismatch', 'snapshot_invalid'].includes(codeOf(error) ?? '')

/** Another try finds the same. The session stays as it is, for the version that wrote it. */
const isNewer = (error: unknown): boolean => codeOf(error) === 'snapshot_newer'

const textsOf = (events: readonly InboundEvent[]): string | null => {
  const texts = events.flatMap(({ text }) => (text === undefined ? [] : [text]))
  return texts.length > 0 ? texts.join('\n') : null
}
