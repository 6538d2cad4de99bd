import { consentIn } from '@copse/channels'
import {
  digest,
  remembering,
  silentLogger,
  silentMeter,
  type ChannelLimits,
  type Connector,
  type InboundEvent,
  type Release,
  type StoredSession,
  type TurnResult,
} from '@copse/contracts'
import {
  createDialogue,
  createKnowledge,
  createOperations,
  createTrees,
  standingChannel,
  standingTimers,
  type Quota,
} from '@copse/dialogue'
import type { LlmProvider } from '@copse/llm'
import { ringNext, setAlarm, type Alarm } from './due.ts'
import { createMemoryJournal } from './memory-journal.ts'
import { saidIn, together, type AtRest, type Said } from './said.ts'

/** Where a conversation is held: a release, the outside as connectors, a model, and a clock in ms. */
export interface World {
  release: Release
  connectors: readonly Connector[]
  model: LlmProvider
  /** What the clock says at the beginning; time that a scenario waits is added to it. */
  now(): number
  /** Told what the clock says before each turn, for an outside that looks at it. */
  tick?(now: number): void
  /** Goes on from here instead of beginning. */
  from?: AtRest
  /** How long one turn may take in real time, 30 s unless said. */
  patienceMs?: number
}

/** Of what never came to rest. */
export class NoRest extends Error {
  override readonly name = 'NoRest'
}

export interface Conversation {
  say(text: string): Promise<Said>
  tap(payload: string): Promise<Said>
  /** Nobody says anything for so long; timers that are due meanwhile ring. */
  wait(ms: number): Promise<Said>
}

interface Speaker {
  /** Names the conversation: ids are derived from it, so that the same one is the same each time. */
  name: string
  /** Channel alias that the customer writes from. */
  as: string
  language?: string | undefined
}

const limits: ChannelLimits = {
  name: 'scenario',
  textLength: 4_000,
  buttons: 20,
  buttonTitleLength: 200,
  listRows: 20,
  rowTitleLength: 200,
}

const unlimited: Quota = { reserve: async () => () => {} }

/** A procedure that nudges for ever is not waited for. */
const maxRings = 100
const maxRecurring = 2_000

/** Trees are built once for all conversations of a release. */
const built = new WeakMap<Release, ReturnType<typeof createTrees>>()

function treesOf(release: Release): ReturnType<typeof createTrees> {
  const trees = new Map(release.procedures.map((procedure) => [procedure.treeHash, procedure.tree]))
  const found = built.get(release) ?? createTrees({ loadTree: async (hash) => trees.get(hash) })
  built.set(release, found)
  return found
}

/** A customer who talks to the real dialogue, without network of its own and without a store. */
export function openConversation({ name, as, language }: Speaker, world: World): Conversation {
  const operations = createOperations(world.connectors)
  const knowledge = createKnowledge({
    document: world.release.knowledge?.text ?? '',
    model: world.model,
    quota: unlimited,
    meter: silentMeter,
  })
  const { handle } = createDialogue({
    active: () => ({ release: world.release, operations, model: world.model, knowledge }),
    trees: treesOf(world.release),
    limits: () => limits,
    logger: silentLogger,
    dev: true,
  })
  const stop = new AbortController()
  let { session, conversation, customerId, memory = {} }: AtRest = world.from ?? { conversation: {} }
  const { underWay } = world.from ?? {}
  const journal = createMemoryJournal(stop.signal, underWay?.done)
  const timers = new Map<string, Alarm>(underWay?.timers.map((timer) => [timer.key, timer]))
  let { waitedMs, turns, optedOut } = underWay ?? { waitedMs: 0, turns: 0, optedOut: false }

  const now = (): number => world.now() + waitedMs
  const recurring = standingTimers(world.release)
  const standing = new Set(recurring.map(({ key }) => key))
  if (!underWay) for (const timer of recurring) setAlarm(timers, timer, now())

  async function turn(
    event: Pick<InboundEvent, 'kind' | 'text' | 'payload' | 'data' | 'sessionId' | 'consent'>,
  ): Promise<Said> {
    const at = turns++
    if (event.consent !== undefined) optedOut = event.consent === 'out'
    world.tick?.(now())
    const before = journal.performed.length
    // What belongs to no customer has no conversation with one.
    const isStanding = event.kind === 'timer' && standing.has(event.data?.['key'] as string)
    const channel = isStanding ? standingChannel : 'scenario'
    const alias = isStanding ? 'standing' : as
    const work = handle({
      id: digest([name, at]),
      attempt: 1,
      now: now(),
      seed: digest(['seed', name, at]),
      channel,
      contact: isStanding
        ? { id: alias, alias }
        : {
            id: 'contact',
            alias,
            ...(customerId === undefined ? {} : { customerId }),
            ...(Object.keys(memory).length === 0 ? {} : { memory }),
          },
      conversation: isStanding ? { id: alias, data: {} } : { id: 'conversation', data: conversation },
      session: session?.status === 'waiting' && !isStanding ? session : undefined,
      events: [
        {
          channel,
          messageId: `${name}-${at}`,
          contact: { alias },
          ...(language === undefined || event.kind === 'timer' ? {} : { language }),
          ...event,
        },
      ],
      journal,
      signal: stop.signal,
    })
    const result = await withPatience(work, world.patienceMs ?? 30_000, stop)
    for (const change of result.timers ?? []) {
      if ('set' in change) setAlarm(timers, change.set, now())
      else timers.delete(change.cancel)
    }
    // Those of a session end with it; a task runs all the same.
    if (result.left || (result.session && result.session.status !== 'waiting')) {
      for (const [key, { sessionId }] of timers) if (sessionId !== undefined) timers.delete(key)
    }
    if (!isStanding) {
      session = stored(result, session, now())
      conversation = result.conversation ?? conversation
      customerId = result.customerId ?? customerId
      memory = remembering(memory, result.memories)
    }
    // What comes by itself is not for who asked to hear no more.
    const heard = event.kind === 'timer' && optedOut ? { ...result, messages: [] } : result
    return { ...saidIn(heard, session), performed: journal.performed.slice(before), atRest: atRest() }
  }

  const atRest = (): AtRest => ({
    conversation,
    ...(session ? { session } : {}),
    ...(customerId === undefined ? {} : { customerId }),
    memory,
    underWay: { waitedMs, turns, timers: [...timers.values()], done: [...journal.done], optedOut },
  })

  async function wait(ms: number): Promise<Said> {
    const until = waitedMs + ms
    const heard: Said[] = []
    const end = world.now() + until
    const rings = { once: 0, again: 0 }
    for (let due = ringNext(timers, end); due; due = ringNext(timers, end)) {
      rings[due.isRecurring ? 'again' : 'once'] += 1
      if (rings.once > maxRings) throw new NoRest(`it goes on by itself for ever: ${maxRings} times without an answer.`)
      if (rings.again > maxRecurring)
        throw new NoRest(`what recurs rings more than ${maxRecurring} times in that time: wait for less.`)
      waitedMs = Math.max(waitedMs, due.dueAt - world.now())
      heard.push(await turn(due.event))
    }
    waitedMs = until
    return together(heard, session, atRest())
  }

  return {
    say: (text) => {
      const consent = consentIn(text)
      return turn({ kind: 'text', text, ...(consent === undefined ? {} : { consent }) })
    },
    tap: (payload) => turn({ kind: 'payload', payload }),
    wait,
  }
}

/** A turn that hangs is given up: what it still does is nobody's concern any more. */
async function withPatience<T>(work: Promise<T>, patienceMs: number, stop: AbortController): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>()
  const bell = setTimeout(() => {
    reject(new NoRest(`the turn did not come to rest within ${patienceMs / 1_000} s.`))
    stop.abort()
  }, patienceMs)
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(bell)
  }
}

function stored(result: TurnResult, before: StoredSession | undefined, now: number): StoredSession | undefined {
  if (!result.session)
    return before && result.left ? { ...before, status: 'completed', outcome: result.left.outcome } : before
  const revision = before?.id === result.session.id ? before.revision + 1 : 1
  return {
    ...result.session,
    contactId: 'contact',
    conversationId: 'conversation',
    revision,
    createdAt: now,
    updatedAt: now,
  }
}
