import type { Connector, JsonObject, OperationOutcome } from '@copse/contracts'
import type { TreeSpec } from '@copse/engine'
import { createOfflineProvider } from '@copse/llm'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { openConversation, openDesk, type Conversation, type Said } from '../index.ts'
import { explore } from './explore/explore.ts'
import type { State } from './explore/state.ts'
import { createNoticed } from './findings/noticed.ts'
import { createProgram } from './program.ts'
import { everythingOfFlows } from './testing/everything-of-flows.ts'
import { everything } from './testing/everything.ts'
import { beside, library, operations, read } from './testing/checking.ts'

const now = Date.UTC(2026, 0, 12, 10)

/** Whatever the business may answer; every field that a condition of the library looks at is in it, or not. */
const facts = fc
  .record(
    {
      status: fc.constantFrom('delivered', 'shipped', 'processing', 'cancelled', 'open', 'closed', 'lost'),
      days_since_delivery: fc.constantFrom(0, 5, 14, 15, 29, 30, 31, 400),
      severity: fc.constantFrom('low', 'medium', 'high', 'critical'),
      risk_score: fc.constantFrom(10, 49, 50, 79, 80, 95),
      flagged_count: fc.constantFrom(0, 1, 3),
      flagged_total: fc.constantFrom(0, 99, 100, 5_000),
      new_device_count: fc.constantFrom(0, 1),
      count: fc.constantFrom(0, 1, 2, 9),
      slot: fc.constantFrom('2026-01-20T10:00', 'never'),
    },
    { requiredKeys: [] },
  )
  .map((data): JsonObject => ({
    order_id: 'ORD-1',
    alert_id: 'FA-001',
    account_id: 'ACC-1',
    merchant_name: 'TechMart',
    description: 'Odd payments.',
    visit_id: 'VIS-1',
    visit_time: '2026-01-20T10:00',
    ...data,
  }))
const outcome: fc.Arbitrary<OperationOutcome> = fc.oneof(
  {
    weight: 6,
    arbitrary: facts.map((data): OperationOutcome => ({ status: 'ok', data: { ...data, orders: [data] } })),
  },
  {
    weight: 1,
    arbitrary: facts.map((data): OperationOutcome => ({
      status: 'ok',
      data: { ...data, orders: [data, { ...data, order_id: 'ORD-2' }] },
    })),
  },
  { weight: 2, arbitrary: fc.constant<OperationOutcome>({ status: 'no', code: 'not_found', reason: 'x' }) },
  { weight: 1, arbitrary: fc.constant<OperationOutcome>({ status: 'unavailable', code: 'down', reason: 'x' }) },
  { weight: 1, arbitrary: fc.constant<OperationOutcome>({ status: 'uncertain', code: 'timeout', reason: 'x' }) },
)
const replies =
  'no, I meant ORD-789/sorry, it was $90/actually TechMart/yes/no/ORD-123/it is ORD-456/TechMart/$80/FA-001/1/2/3/hm/try again/cancel it/supervisor/store credit/never mind/' +
  'it arrived broken/your agent was rude/keep it/note it/I was charged twice/I want to talk to a person/freeze/anything'

const procedures = [
  ...library.map((file) => ({ file, source: read(`procedures/${file}`) })),
  { file: 'everything.procedure.yaml', source: everything },
  { file: 'everything.flow.yaml', source: everythingOfFlows },
]

/** Taps an option that was ever shown: the first, the second … */
const taps = ['#0', '#1', '#2', '#3', '#4', '#5', '#6', '#7']
const silence = ''
const silenceMs = 3 * 3_600_000

/** One that only others use, no customer begins. */
const begun = procedures.filter(({ source }) => source.includes('triggers:') || source.includes('\nflow:'))

describe.each(begun)('$file', ({ file, source }) => {
  const { desk } = openDesk({
    sources: [{ file, text: source }],
    beside,
    operations,
    answers: new Map(),
    business: undefined,
    languages: ['en'],
    timeZone: 'UTC',
    startAt: now,
    patienceMs: 2_000,
  })
  const [procedure] = desk!.release.procedures
  const catalogue = Object.fromEntries(operations.map((operation) => [operation.name, operation]))
  const tree = procedure!.tree as unknown as TreeSpec
  const program = createProgram(tree, catalogue, { triggers: procedure!.triggers, now })
  const { states } = explore(program, createNoticed().notesAt, { states: 20_000, isOver: () => false })

  test('whatever the real dialogue does, check has looked at it', async () => {
    const trigger = fc.constantFrom(...(procedure!.triggers.length > 0 ? procedure!.triggers : ['hello']))
    await fc.assert(
      fc.asyncProperty(
        trigger,
        fc.array(fc.constantFrom(...replies.split('/'), silence, ...taps), { maxLength: 10 }),
        fc.infiniteStream(outcome),
        async (first, said, outcomes) => {
          const connector: Connector = {
            name: 'anything',
            operations,
            call: async ({ operation }) => {
              const answer = outcomes.next().value as OperationOutcome
              // Only of a write can nobody know whether it was done.
              return answer.status === 'uncertain' && operation.effect === 'read'
                ? { ...answer, status: 'unavailable' }
                : answer
            },
            close: async () => {},
          }
          const world = {
            release: desk!.release,
            connectors: [connector],
            model: createOfflineProvider(),
            now: () => now,
          }
          const conversation = openConversation({ name: 'any', as: 'ann' }, world)
          let possible: (State | undefined)[] = [states[0]]
          const shown: string[] = []
          let isCorrected = false
          for (const text of [first, ...said]) {
            const { trace, status, options } = await take(conversation, text, shown)
            shown.push(...options.map(({ id }) => id))
            expect(status).not.toBe('faulted')
            for (const step of transitionsIn(trace)) {
              // From a correction on it is as if that had been said at first.
              if (isCorrected) possible = states.filter(({ stage }) => stage === step.from)
              isCorrected = step.to === '$correct'
              if (isCorrected && step.exit === 'success') continue
              possible = possible.flatMap((state) =>
                (state?.edges ?? [])
                  .filter(({ to, exit }) => to === step.to && exit === step.exit)
                  .map((edge) => edge.state),
              )
              expect(possible.length, `${step.from} leaves by ${step.exit} to ${step.to}`).toBeGreaterThan(0)
            }
            if (status !== 'waiting') return
          }
        },
      ),
      { numRuns: 100 },
    )
  })
})

function take(conversation: Conversation, text: string, shown: readonly string[]): Promise<Said> {
  if (text === silence) return conversation.wait(silenceMs)
  if (!text.startsWith('#')) return conversation.say(text)
  const id = shown[Number(text.slice(1)) % Math.max(1, shown.length)]
  return id === undefined ? conversation.say('hm') : conversation.tap(id)
}

interface Transition {
  from: string
  to: string
  exit: string
}

/** Steps that the author wrote, each with the next. */
const transitionsIn = (trace: readonly JsonObject[]): Transition[] =>
  (trace as unknown as (Transition & { kind: string })[]).filter(
    ({ kind, from }) => kind === 'transition' && from !== null && !from.startsWith('$'),
  )
