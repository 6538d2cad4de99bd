import {
  digest,
  remembering,
  silentLogger,
  silentMeter,
  type ChannelLimits,
  type Connector,
  type EffectOutcome,
  type InboundEvent,
  type JsonObject,
  type OutboundMessage,
  type Release,
  type StoredSession,
  type TimerSpec,
  type TurnResult,
} from '@copse/contracts'
import { createDialogue, createKnowledge, createOperations, createTrees, type Quota } from '@copse/dialogue'
import type { Cell, Snapshot } from '@copse/engine'
import type { LlmProvider } from '@copse/llm'
import { createMemoryJournal, type Performed } from './memory-journal.ts'

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

/** What a turn leaves for the next one. */
export interface AtRest {
  session?: StoredSession
  conversation: JsonObject
  customerId?: string
  memory?: JsonObject
  /** Of a conversation in memory: how late it is, how many turns it had, what will ring, and what was done. */
  underWay?: { waitedMs: number; turns: number; timers: TimerSpec[]; done: [string, EffectOutcome][] }
}

/** What came of a turn, as a customer and an author see it. */
export interface Said {
  reply: string
  /** Titles of what may be tapped, and what a tap sends. */
  options: { id: string; title: string }[]
  step: string | null
  status: StoredSession['status'] | 'none'
  intent: string | null
  trace: TurnResult['trace']
  /** Effects of this turn, in order. */
  performed: Performed[]
  handoffs: TurnResult['handoffs']
  atRest: AtRest
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
  const timers = new Map<string, TimerSpec>(underWay?.timers.map((timer) => [timer.key, timer]))
  let { waitedMs, turns } = underWay ?? { waitedMs: 0, turns: 0 }

  const now = (): number => world.now() + waitedMs

  async function turn(event: Pick<InboundEvent, 'kind' | 'text' | 'payload' | 'data' | 'sessionId'>): Promise<Said> {
    const at = turns++
    world.tick?.(now())
    const before = journal.performed.length
    const work = handle({
      id: digest([name, at]),
      attempt: 1,
      now: now(),
      seed: digest(['seed', name, at]),
      channel: 'scenario',
      contact: {
        id: 'contact',
        alias: as,
        ...(customerId === undefined ? {} : { customerId }),
        ...(Object.keys(memory).length === 0 ? {} : { memory }),
      },
      conversation: { id: 'conversation', data: conversation },
      session: session?.status === 'waiting' ? session : undefined,
      events: [
        {
          channel: 'scenario',
          messageId: `${name}-${at}`,
          contact: { alias: as },
          ...(language === undefined || event.kind === 'timer' ? {} : { language }),
          ...event,
        },
      ],
      journal,
      signal: stop.signal,
    })
    const result = await withPatience(work, world.patienceMs ?? 30_000, stop)
    for (const change of result.timers ?? []) {
      if ('set' in change) timers.set(change.set.key, change.set)
      else timers.delete(change.cancel)
    }
    // Those of a session end with it; a task runs all the same.
    if (result.left || (result.session && result.session.status !== 'waiting')) {
      for (const [key, { sessionId }] of timers) if (sessionId !== undefined) timers.delete(key)
    }
    session = stored(result, session, now())
    conversation = result.conversation ?? conversation
    customerId = result.customerId ?? customerId
    memory = remembering(memory, result.memories)
    return { ...said(result, session), performed: journal.performed.slice(before), atRest: atRest() }
  }

  const atRest = (): AtRest => ({
    conversation,
    ...(session ? { session } : {}),
    ...(customerId === undefined ? {} : { customerId }),
    memory,
    underWay: { waitedMs, turns, timers: [...timers.values()], done: [...journal.done] },
  })

  async function wait(ms: number): Promise<Said> {
    const until = waitedMs + ms
    const heard: Said[] = []
    const end = world.now() + until
    for (let due = dueBy(timers.values(), end); due; due = dueBy(timers.values(), end)) {
      if (heard.length === maxRings)
        throw new NoRest(`it goes on by itself for ever: ${maxRings} times without an answer.`)
      waitedMs = Math.max(waitedMs, due.dueAt - world.now())
      timers.delete(due.key)
      heard.push(await turn(due.event))
    }
    waitedMs = until
    return together(heard, session, atRest())
  }

  return {
    say: (text) => turn({ kind: 'text', text }),
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

/** The one that rings first of those that ring by then. What recurs is not waited for. */
export function dueBy(timers: Iterable<TimerSpec>, now: number) {
  const due = [...timers].flatMap((timer) => ('at' in timer.when ? [{ ...timer, dueAt: timer.when.at }] : []))
  const [first] = due.filter(({ dueAt }) => dueAt <= now).sort((a, b) => a.dueAt - b.dueAt)
  if (!first) return undefined
  const { key, sessionId, data = {}, dueAt } = first
  const firing = { key, dueAt, occurrence: String(dueAt), lateMs: 0, backfilled: false, data }
  const event = { kind: 'timer' as const, data: firing, ...(sessionId === undefined ? {} : { sessionId }) }
  return { key, dueAt, event }
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

function said(result: TurnResult, after: StoredSession | undefined): Omit<Said, 'performed' | 'atRest'> {
  // A session that a turn leaves alone is where it was.
  const session = result.session ?? (after?.status === 'waiting' ? after : undefined)
  return {
    reply: result.messages.map((message) => message.text).join('\n'),
    options: result.messages
      .flatMap((message: OutboundMessage) => message.options ?? [])
      .map(({ id, title }) => ({ id, title })),
    step: session?.step ?? null,
    status: session?.status ?? 'none',
    intent: session?.intent ?? null,
    trace: result.trace,
    handoffs: result.handoffs,
  }
}

/** Everything that rang while nobody spoke, as one; with nothing due, how it stands. */
function together(heard: Said[], session: StoredSession | undefined, atRest: AtRest): Said {
  const last = heard.at(-1)
  return {
    reply: heard
      .map(({ reply }) => reply)
      .filter(Boolean)
      .join('\n'),
    options: last?.options ?? [],
    step: session?.step ?? null,
    status: session?.status ?? 'none',
    intent: session?.intent ?? null,
    trace: heard.flatMap(({ trace }) => trace),
    performed: heard.flatMap(({ performed }) => performed),
    handoffs: heard.flatMap(({ handoffs }) => handoffs),
    atRest,
  }
}

/** What a session knows, without what Copse keeps for itself. */
export function knownAt({ session }: AtRest): Record<string, Cell> {
  const cells = (session?.snapshot as Snapshot | undefined)?.scopes[''] ?? {}
  return Object.fromEntries(Object.entries(cells).filter(([key]) => !key.startsWith('_')))
}
