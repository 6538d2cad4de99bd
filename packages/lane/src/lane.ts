import { setTimeout as sleep } from 'node:timers/promises'
import {
  silentLogger,
  silentMeter,
  type Channel,
  type Clock,
  type ForgetReport,
  type HandleTurn,
  type Ids,
  type InboundEvent,
  type Logger,
  type Meter,
  type OutboundMessage,
  type PendingContact,
  type QuietChannels,
  type SettledTurn,
  type Store,
  type TimerChange,
  type TurnReply,
} from '@copse/contracts'
import type { BreakerState } from './breaker.ts'
import { createHands, type Hands } from './hands.ts'
import { createIntake, type Submitted } from './intake.ts'
import { defaultLimits, type LaneLimits } from './limits.ts'
import type { Probe } from './probe.ts'
import { createNotices } from './notices.ts'
import { createRecalls, type People } from './people.ts'
import { createScheduler } from './scheduler.ts'
import { createSender } from './sender.ts'
import { createStanding, systemChannel, type StandingSchedule } from './standing.ts'
import { createTimers } from './timers.ts'
import { createTurnRunner } from './turn.ts'
import { createWaiters } from './waiters.ts'

export interface LaneOptions {
  store: Store
  handle: HandleTurn
  clock: Clock
  ids: Ids
  /** By name, as they are now; what goes to one that does not push waits to be read. */
  channels?: () => ReadonlyMap<string, Channel>
  /** What a customer gets whose message could not be handled. */
  apology?: (event: InboundEvent) => OutboundMessage
  logger?: Logger
  meter?: Meter
  /** In [0, 1). */
  chance?: () => number
  limits?: Partial<LaneLimits>
  /** Without it a handoff is a row that waits to be looked at. */
  people?: People
  /** What the process itself does again and again. */
  standing?: readonly StandingSchedule[]
  probe?: Probe
}

export interface LaneLoad {
  running: number
  waiting: number
  resting: number
  timers: number
}

/** Something was said to this contact, or their turn is over: for live views. */
export interface News {
  contactId: string
  /** What came of a turn; absent of what a person said. */
  settled?: SettledTurn
}

export type NewsListener = (news: News) => void

export interface Lane extends Hands {
  /** Durable when it resolves. Fault `busy` or `draining` otherwise, or what the store says. */
  submit(event: InboundEvent): Promise<Submitted>
  /** All events of one envelope, or none. */
  submitAll(events: readonly InboundEvent[]): Promise<Submitted[]>
  /** What the turn that carried this row came to; undefined if it is not at rest in time. */
  settled(inboxId: number, timeoutMs: number): Promise<TurnReply | undefined>
  subscribe(listener: NewsListener): () => void
  /** Sets and cancels timers outside a turn. */
  changeTimers(owner: { channel: string; alias: string }, changes: readonly TimerChange[]): Promise<void>
  /** Tries a dead message again, with those that were handled together with it. */
  redrive(inboxId: number, who: string): Promise<void>
  /** As the store's: what waited of theirs takes no place any more. */
  forget(contactId: string): Promise<ForgetReport>
  /** There are other channels now: what waits for one of them may go. */
  channelsChanged(): void
  /** Of the channels that were sent to. */
  breakers(): ReadonlyMap<string, BreakerState>
  /** Contacts and timers by what they do now. */
  load(): LaneLoad
  /** Takes nothing more and lets turns finish for so long; the rest stays in the inbox. The store stays open. */
  drain(timeoutMs: number): Promise<void>
}

const plainApology = (): OutboundMessage => ({
  text: 'Sorry, something went wrong on our side. A colleague will look at it and get back to you.',
})

/** Takes up what the last process left, oldest message first, and resolves when it is ready for more. */
export async function openLane(options: LaneOptions): Promise<Lane> {
  const { store, logger = silentLogger, meter = silentMeter, probe = () => {}, apology = plainApology } = options
  const limits = { ...defaultLimits, ...options.limits }
  const stop = new AbortController()
  const listeners = new Set<NewsListener>()
  const waiters = createWaiters(store)
  const channels = options.channels ?? (() => new Map<string, Channel>())
  const parts = { ...options, channels, logger, meter, probe, limits, stop: stop.signal }
  const { people } = options
  const rules = () => people?.rules()
  const quiet = () => quietOf(channels())
  const sender = createSender({ chance: Math.random, ...parts })
  const notices = people && createNotices({ chance: Math.random, ...parts, people })
  const recall = createRecalls(people, store)
  const leftOver = new Set<string>()
  const standing = createStanding({ ...parts, standing: options.standing ?? [], runMs: limits.standingMs })
  const turns = createTurnRunner({
    ...parts,
    handle: async (turn) =>
      turn.channel === systemChannel ? standing.handle(turn) : ((await recall(turn)) ?? options.handle(turn)),
    rules,
    apology,
    quiet,
    leftOver,
    onSettled,
    onTimers: (changes) => timers.changed(changes),
  })
  const scheduler = createScheduler({ run: turns.run, ...limits, logger })
  const timers = createTimers({ ...parts, onFired })
  const intake = createIntake({ ...parts, turns, scheduler, quiet, isDraining: () => draining })
  let draining = false

  function onSettled(settled: SettledTurn): void {
    leave(settled.inboxIds)
    waiters.settle(settled)
    tell({ contactId: settled.contactId, settled })
    sender.poke()
    notices?.poke()
  }

  function tell(news: News): void {
    for (const listener of listeners) {
      try {
        listener(news)
      } catch (error) {
        logger.error({ error }, 'a listener of the lane threw')
      }
    }
  }

  /** These rows wait for nobody any more. */
  function leave(inboxIds: readonly number[]): void {
    intake.handled(inboxIds.length)
    timers.settled(inboxIds)
  }

  function onFired(events: readonly { inboxId: number; contactId: string }[]): void {
    probe('fired')
    intake.added(events.length)
    for (const { contactId } of events) scheduler.add(contactId, 'later')
  }

  /**
   * Whoever was under way in two crashes may be the one that kills the process. Each is tried alone before anything
   * else begins, so that a further crash counts against none but it.
   */
  async function tryAlone(suspects: readonly PendingContact[]): Promise<void> {
    for (const { contactId } of suspects) {
      if (draining) return
      await turns.run(contactId).catch((error: unknown) => logger.error({ error, contactId }, 'the storage failed'))
    }
    scheduler.start()
    timers.start()
  }

  await standing.set()
  const pending = await store.pending()
  for (const { contactId, messages } of pending) {
    intake.added(messages)
    leftOver.add(contactId)
    scheduler.add(contactId)
  }
  if (pending.length > 0 || store.recovered.uncertainEffects + store.recovered.interruptedSends > 0) {
    const waiting = pending.reduce((sum, { messages }) => sum + messages, 0)
    logger.info({ contacts: pending.length, messages: waiting, ...store.recovered }, 'taking up what was left')
  }
  const { interruptedSends } = store.recovered
  // The customer may have had them already: at least once, and counted.
  if (interruptedSends > 0) meter.count('outbox_redelivered_total', interruptedSends)
  sender.poke()
  notices?.poke()
  const suspectsTried = tryAlone(pending.filter(({ attempts }) => attempts >= 2))

  return {
    ...createHands({
      store,
      probe,
      rules,
      poke: () => sender.poke(),
      pokeNotices: () => notices?.poke(),
      tell,
      down: (channel) => sender.down(channel),
    }),
    breakers: () => sender.states(),
    load: () => ({ ...scheduler.load(), timers: timers.underWay() }),
    submitAll: (events) => intake.submitAll(events),
    async submit(event) {
      const [submitted] = await intake.submitAll([event])
      return submitted!
    },
    settled: (inboxId, timeoutMs) => waiters.wait(inboxId, timeoutMs),
    subscribe(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    async changeTimers(owner, changes) {
      await store.changeTimers(owner, changes)
      timers.changed(changes)
    },
    async redrive(inboxId, who) {
      const { contactId, inboxIds } = await store.redrive(inboxId, who)
      intake.added(inboxIds.length)
      scheduler.add(contactId)
    },
    forget: (contactId) => store.forget(contactId, leave),
    channelsChanged: () => sender.poke(),
    async drain(timeoutMs) {
      draining = true
      const over = Promise.all([suspectsTried, timers.stop(), scheduler.stop(), sender.stop(), notices?.stop()])
      await Promise.race([over, sleep(timeoutMs, undefined, { ref: false })])
      stop.abort(new Error('The process is stopping.'))
      await over
    },
  }
}

const quietOf = (channels: ReadonlyMap<string, Channel>): QuietChannels =>
  new Map(
    [...channels.values()].flatMap(({ name, limits: { quietMs } }) => (quietMs === undefined ? [] : [[name, quietMs]])),
  )
