import {
  digest,
  silentLogger,
  type ChannelLimits,
  type Connector,
  type OutboundMessage,
  type Release,
  type StoredSession,
  type Turn,
  type TurnResult,
} from '@copse/contracts'
import { createDialogue, createOperations, createTrees } from '@copse/dialogue'
import type { LlmProvider } from '@copse/llm'
import { createMemoryJournal, type Performed } from './memory-journal.ts'
import type { Expectation, Scenario } from './scenario.ts'

/** Where a scenario is played: a release, the outside as connectors, a model, and a clock in ms. */
export interface World {
  release: Release
  connectors: readonly Connector[]
  model: LlmProvider
  now(): number
}

export interface PlayedTurn {
  customer: string
  reply: string
  options: string[]
  step: string | null
  status: TurnReplyStatus
  intent: string | null
  /** What was expected and did not come, one sentence each. */
  failures: string[]
  trace: TurnResult['trace']
  /** Effects of this turn, in order. */
  performed: Performed[]
  handoffs: TurnResult['handoffs']
}
type TurnReplyStatus = StoredSession['status'] | 'none'

export interface Played {
  name: string
  turns: PlayedTurn[]
  performed: Performed[]
  failures: string[]
}

const limits: ChannelLimits = {
  name: 'scenario',
  textLength: 4_000,
  buttons: 20,
  buttonTitleLength: 200,
  listRows: 20,
  rowTitleLength: 200,
}

/** Plays one scripted conversation against the real dialogue, without network of its own and without a store. */
export async function playScenario(scenario: Scenario, world: World): Promise<Played> {
  const trees = new Map(world.release.procedures.map((procedure) => [procedure.treeHash, procedure.tree]))
  const operations = createOperations(world.connectors)
  const { handle } = createDialogue({
    active: () => ({ release: world.release, operations, model: world.model }),
    trees: createTrees({ loadTree: async (hash) => trees.get(hash) }),
    limits: () => limits,
    logger: silentLogger,
    dev: true,
  })
  const { signal } = new AbortController()
  const journal = createMemoryJournal(signal)
  const turns: PlayedTurn[] = []
  let session: StoredSession | undefined
  let conversation: Turn['conversation'] = { id: 'conversation', data: {} }
  let customerId: string | undefined
  for (const [at, step] of scenario.turns.entries()) {
    const result = await handle({
      id: digest([scenario.name, at]),
      attempt: 1,
      now: world.now(),
      seed: digest(['seed', scenario.name, at]),
      channel: 'scenario',
      contact: { id: 'contact', alias: scenario.as, ...(customerId === undefined ? {} : { customerId }) },
      conversation,
      session: session?.status === 'waiting' ? session : undefined,
      events: [
        {
          channel: 'scenario',
          messageId: `${scenario.name}-${at}`,
          contact: { alias: scenario.as },
          ...(scenario.language === undefined ? {} : { language: scenario.language }),
          ...(step.taps === undefined
            ? { kind: 'text' as const, text: step.customer ?? '' }
            : { kind: 'payload' as const, payload: step.taps }),
        },
      ],
      journal,
      signal,
    })
    session = stored(result, session, world.now())
    conversation = { id: 'conversation', data: result.conversation ?? conversation.data }
    customerId = result.customerId ?? customerId
    const performed = journal.performed.slice(turns.flatMap((turn) => turn.performed).length)
    turns.push({ ...played(step.customer ?? `[${step.taps}]`, result, step.expect), performed })
  }
  const writes = journal.performed
    .filter(({ policy, outcome }) => policy !== 'read' && outcome.status === 'ok')
    .map(({ name }) => name)
  const failures = [
    ...turns.flatMap((turn, at) => turn.failures.map((failure) => `turn ${at + 1} («${turn.customer}»): ${failure}`)),
    ...compare('at the end, status', turns.at(-1)?.status, scenario.finally?.status),
    ...compare('at the end, outcome', session?.outcome, scenario.finally?.outcome),
    ...compare('calls', writes.join(', '), scenario.finally?.calls?.join(', ')),
    ...compare('handoffs', turns.flatMap((turn) => turn.handoffs).length, scenario.finally?.handoffs),
  ]
  return { name: scenario.name, turns, performed: journal.performed, failures }
}

function stored(result: TurnResult, before: StoredSession | undefined, now: number): StoredSession | undefined {
  if (!result.session) return before
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

function played(
  customer: string,
  result: TurnResult,
  expected: Expectation | undefined,
): Omit<PlayedTurn, 'performed'> {
  const reply = result.messages.map((message) => message.text).join('\n')
  const options = result.messages
    .flatMap((message: OutboundMessage) => message.options ?? [])
    .map((option) => option.title)
  const step = result.session?.step ?? null
  const status = result.session?.status ?? 'none'
  const intent = result.session?.intent ?? null
  const said = reply.toLowerCase()
  const failures = [
    ...compare('step', step, expected?.step),
    ...compare('status', status, expected?.status),
    ...compare('intent', intent, expected?.intent),
    ...compare('options', options.join(' | '), expected?.options?.join(' | ')),
    ...list(expected?.contains)
      .filter((text) => !said.includes(text.toLowerCase()))
      .map((text) => `the reply lacks «${text}»: «${reply}»`),
    ...list(expected?.lacks)
      .filter((text) => said.includes(text.toLowerCase()))
      .map((text) => `the reply contains «${text}»: «${reply}»`),
  ]
  return { customer, reply, options, step, status, intent, failures, trace: result.trace, handoffs: result.handoffs }
}

const list = (value: string | string[] | undefined): string[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value]
const compare = (
  what: string,
  actual: string | number | null | undefined,
  expected: string | number | undefined,
): string[] =>
  expected === undefined || actual === expected ? [] : [`${what} is ${String(actual)}, expected ${String(expected)}`]
