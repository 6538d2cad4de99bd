import {
  digest,
  operationManifest,
  silentLogger,
  type ChannelLimits,
  type Connector,
  type EffectRequest,
  type InboundEvent,
  type Json,
  type JsonObject,
  type Knowledge,
  type LeafOp,
  type OneTimeLink,
  type OperationOutcome,
  type ReleasedProcedure,
  type StoredSession,
  type TimerSpec,
  type TurnResult,
} from '@copse/contracts'
import type { Cell, Snapshot } from '@copse/engine'
import { createOfflineProvider, type LlmProvider } from '@copse/llm'
import type { OpeningHours } from '@copse/time'
import type { z } from 'zod'
import { createDialogue } from '../dialogue.ts'
import { createOperations } from '../operations.ts'
import { createTrees } from '../trees.ts'

type Answer = (args: JsonObject) => OperationOutcome
type Operation = z.input<typeof operationManifest>

interface World {
  procedures: ReleasedProcedure[]
  /** The outside: each operation's manifest and what it answers. */
  operations?: [manifest: Operation, answer: Answer][]
  model?: LlmProvider
  identity?: string
  language?: string
  timeZone?: string
  hours?: OpeningHours
  knowledge?: Knowledge
  /** Said who is passed on while nobody is there. */
  whenClosed?: Record<string, string>
  /** Of every turn, in ms since the epoch. */
  now?: number
}

export interface Heard {
  text: string
  options: string[]
  status: string | undefined
  step: string | null | undefined
  intent: string | undefined
  handoffs: TurnResult['handoffs']
  /** What was decided this turn, by what it was about. */
  decided: Record<string, Json>
  /** Why leaves failed, in order. */
  failures: Json[]
  /** Why a timer changed nothing. */
  unchanged?: Json | undefined
  outcome?: string | undefined
  /** How much quiet the step that waits asked for. */
  quietMs?: number | undefined
}

const limits: ChannelLimits = {
  name: 'test',
  textLength: 4_000,
  buttons: 10,
  buttonTitleLength: 100,
  listRows: 10,
  rowTitleLength: 100,
}

/** A customer who talks to the real dialogue, on real trees; only the outside is made up. */
export function openTalk(world: World): {
  /** `messageId` for a message that comes a second time. */
  say(text: string, messageId?: string): Promise<Heard>
  /** Several messages in a row that are one turn. */
  burst(...texts: string[]): Promise<Heard>
  /** `on`: a message before the last one, by the number of its turn; what stands on the button is `title`. */
  tap(payload: string, on?: number, title?: string): Promise<Heard>
  /** Anything else that a channel brings. */
  send(event: Pick<InboundEvent, 'kind' | 'text' | 'media' | 'consent'>): Promise<Heard>
  /** The session's timer rings, so late; `stale`: one that was set before the last turn. Undefined: none is set. */
  ring(more?: { lateMs?: number; stale?: TimerSpec }): Promise<Heard | undefined>
  /** What was set last, if it still is. */
  timer(): TimerSpec | undefined
  /** Everything that is set and did not ring. */
  timers(): TimerSpec[]
  /** As another version, or a slip of the hand, would have left the stored snapshot. */
  edit(change: (snapshot: JsonObject) => Json): void
  /** Effects that were asked for, in order. */
  effects: EffectRequest[]
  /** Addresses for answers from outside. */
  minted: OneTimeLink[]
  /** The outside answers at one of them. */
  answer(link: OneTimeLink, data?: JsonObject): Promise<Heard>
  /** The blackboard at rest. */
  known(): Record<string, Cell>
} {
  const operations = world.operations ?? []
  const connector: Connector = {
    name: 'outside',
    operations: operations.map(([manifest]) => operationManifest.parse(manifest)),
    call: async ({ operation, args }) =>
      operations.find(([manifest]) => manifest.name === operation.name)?.[1](args) ?? { status: 'ok', data: {} },
    close: async () => {},
  }
  const trees = createTrees({
    loadTree: async (hash) => world.procedures.find((one) => one.treeHash === hash)?.tree,
  })
  const release = {
    digest: 'd',
    number: 1,
    tenant: {
      id: 't',
      slug: 't',
      name: 'T',
      profile: {
        timeZone: world.timeZone ?? 'UTC',
        languages: ['en', 'es'],
        openingHours: {},
        holidays: [],
        variables: {},
        ...(world.whenClosed === undefined
          ? {}
          : { handoffs: { nobodyAfter: '15m', returnAfter: '12h', whenClosed: world.whenClosed } }),
      },
    },
    procedures: world.procedures,
    connectors: [],
    channels: [],
    model: { provider: 'offline' as const },
    ...(world.identity === undefined ? {} : { identity: world.identity }),
  }
  const active = {
    release,
    operations: createOperations([connector]),
    model: world.model ?? createOfflineProvider(),
    hours: world.hours,
    knowledge: world.knowledge,
  }
  const minted: OneTimeLink[] = []
  const dialogue = createDialogue({
    active: () => active,
    trees,
    limits: () => limits,
    links: {
      mint(link) {
        minted.push(link)
        return `https://shop.example/${link.kind}s/${link.id}`
      },
    },
    logger: silentLogger,
    dev: true,
  })
  const { signal } = new AbortController()
  const effects: EffectRequest[] = []
  let session: StoredSession | undefined
  let conversation: JsonObject = {}
  let customerId: string | undefined
  let timer: TimerSpec | undefined
  const timers = new Map<string, TimerSpec>()
  let count = 0

  async function turn(
    inputs: Pick<
      InboundEvent,
      'kind' | 'text' | 'payload' | 'offeredIn' | 'media' | 'consent' | 'data' | 'sessionId'
    >[],
    messageId?: string,
  ): Promise<Heard> {
    const id = String((count += 1))
    const { language } = world
    const result = await dialogue.handle({
      id: digest(id),
      attempt: 1,
      now: world.now ?? 0,
      seed: id,
      channel: 'test',
      contact: { id: 'c', alias: 'ann', ...(customerId === undefined ? {} : { customerId }) },
      conversation: { id: 'v', data: conversation },
      session: session?.status === 'waiting' ? session : undefined,
      events: inputs.map((input, n) => ({
        channel: 'test',
        messageId: n === 0 ? (messageId ?? id) : `${id}:${n}`,
        contact: { alias: 'ann' },
        ...(language === undefined || inputs[0]?.kind === 'timer' ? {} : { language }),
        ...input,
      })),
      journal: {
        effect(request, perform) {
          effects.push(request)
          return perform(request.key, signal)
        },
      },
      signal,
    })
    conversation = result.conversation ?? conversation
    customerId = result.customerId ?? customerId
    for (const change of result.timers ?? []) {
      timer = 'set' in change ? change.set : undefined
      if ('set' in change) timers.set(change.set.key, change.set)
      else timers.delete(change.cancel)
    }
    if (result.left || (result.session && result.session.status !== 'waiting')) timer = undefined
    if (result.session)
      session = {
        ...result.session,
        contactId: 'c',
        conversationId: 'v',
        revision: count,
        createdAt: 0,
        updatedAt: world.now ?? 0,
      }
    return heard(result)
  }

  return {
    say: (text, messageId) => turn([{ kind: 'text', text }], messageId),
    burst: (...texts) => turn(texts.map((text) => ({ kind: 'text', text }))),
    tap: (payload, on, title) => {
      const old = on === undefined ? {} : { offeredIn: digest(String(on)) }
      return turn([{ kind: 'payload', payload, ...(title === undefined ? {} : { text: title }), ...old }])
    },
    send: (event) => turn([event]),
    async ring({ lateMs = 0, stale } = {}) {
      const rung = stale ?? timer
      if (!rung || !('at' in rung.when)) return undefined
      const { key, sessionId, data = {}, when } = rung
      world.now = when.at + lateMs
      timers.delete(key)
      const firing = { key, dueAt: when.at, occurrence: String(when.at), lateMs, backfilled: lateMs > 0, data }
      return turn([{ kind: 'timer', data: firing, ...(sessionId === undefined ? {} : { sessionId }) }])
    },
    timer: () => timer,
    timers: () => [...timers.values()],
    edit(change) {
      session = { ...session!, snapshot: change(session!.snapshot as JsonObject) }
    },
    effects,
    minted,
    answer: ({ kind, id, sessionId }, data = {}) =>
      turn([{ kind, data: { ...data, id }, ...(sessionId === undefined ? {} : { sessionId }) }]),
    known: () => (session?.snapshot as Snapshot | undefined)?.scopes[''] ?? {},
  }
}

function heard({ messages, session, left, handoffs, trace, quietMs }: TurnResult): Heard {
  const decisions = trace.filter((event) => event['kind'] === 'decision')
  return {
    quietMs,
    text: messages.map((message) => message.text).join('\n'),
    options: messages.flatMap((message) => message.options ?? []).map((option) => option.title),
    status: session?.status,
    step: session?.step,
    intent: session?.intent,
    handoffs,
    failures: trace.flatMap(({ status, reason }) => (status === 'failure' && reason !== undefined ? [reason] : [])),
    unchanged: trace.find((event) => event['kind'] === 'unchanged')?.['why'],
    outcome: session?.outcome ?? left?.outcome,
    decided: Object.fromEntries(decisions.map((event) => [event['about'] as string, event['chosen'] ?? null])),
  }
}

/** A leaf as `procedures` would write it; its step is named after it. */
export const leaf = (op: LeafOp, config: JsonObject): JsonObject => ({ op, name: op, config: { step: op, ...config } })

export const sequence = (...children: JsonObject[]): JsonObject => ({ op: 'sequence', children })

/** A released procedure of these stages; the first one is entered first. */
export function procedure(
  id: string,
  stages: Record<string, { node: JsonObject; exits: Record<string, Json> }>,
  given: { name?: string; description?: string; triggers?: string[] } = {},
): ReleasedProcedure {
  const names = Object.keys(stages)
  const tree = {
    v: 1,
    id,
    version: '1',
    root: {
      op: 'stages',
      config: {
        initial: names[0] ?? '',
        exits: Object.fromEntries(names.map((name) => [name, stages[name]?.exits ?? {}])),
      },
      children: names.map((name) => ({ ...stages[name]?.node, name })),
    },
  }
  const { name = id, description = '', triggers = [id] } = given
  return {
    id,
    name,
    version: '1',
    number: 1,
    triggers,
    description,
    source: '',
    tree,
    treeHash: digest(tree),
  }
}
