import { parse as parseYaml } from 'yaml'
import { z } from 'zod'
import { nodes } from '../nodes/all.ts'
import type { Jobs } from '../nodes/leaves/job.ts'
import type { Recorder } from '../replay/record.ts'
import { advance, cancel, type Advance } from '../run/advance.ts'
import type { EffectOutcome } from '../run/journal.ts'
import type { TraceEvent } from '../run/events.ts'
import type { Cell, EngineEvent } from '../run/snapshot.ts'
import type { TurnContext } from '../run/turn.ts'
import { compile } from '../tree/compile.ts'
import type { Json } from '../tree/json.ts'
import type { CompileOptions } from '../tree/layout.ts'
import { createRegistry, defineNode } from '../tree/registry.ts'
import { Success } from '../tree/status.ts'
import type { Tree } from '../tree/tree.ts'
import { printWait } from '../watch/standing.ts'
import { memoryShelf } from './memory-shelf.ts'

const event = z.strictObject({
  kind: z.enum(['input', 'timer', 'job', 'approval', 'event', 'signal']),
  key: z.string().optional(),
  node: z.string().optional(),
  data: z.json().default(null),
  /** Ms since the session began; unless said, as long as the turn before. */
  at: z.int().optional(),
})

/** What comes of a `call`: data, or `no` or `unavailable` with a code. The last answer is given again and again. */
const answer = z.record(z.string(), z.json())

const run = z.strictObject({
  given: z
    .strictObject({
      cells: z.record(z.string(), z.json()).optional(),
      answers: z.record(z.string(), z.union([answer, z.array(answer).min(1)])).optional(),
      /** After the first, which begins the session. */
      turns: z.array(z.union([event, z.literal('cancel')])).optional(),
    })
    .optional(),
  /** Only what is said here is compared. */
  outcome: z.strictObject({
    status: z.enum(['running', 'success', 'failure', 'faulted', 'cancelled']),
    code: z.string().optional(),
    reason: z.string().optional(),
    result: z.json().optional(),
    /** `null` is a cell that is not there. */
    cells: z.record(z.string(), z.json()).optional(),
    waits: z.array(z.string()).optional(),
    /** Names of nodes, the root left out. */
    entered: z.array(z.string()).optional(),
    halted: z.array(z.string()).optional(),
    /** Names of calls that really went out. */
    called: z.array(z.string()).optional(),
    /** What `log` and its like said, and what compiling warned of. */
    logged: z.array(z.string()).optional(),
    warned: z.array(z.string()).optional(),
  }),
})

const example = z.strictObject({
  /** What it shows, in a sentence. */
  about: z.string().min(10),
  tree: z.record(z.string(), z.json()),
  runs: z.array(run).min(1),
})

/** A small tree around one node, and what it does: beside the node as `x.example.yaml`, shown in the reference. */
export type Example = z.infer<typeof example>
export type ExampleRun = z.infer<typeof run>

/** All that an example can say of a run. */
export type Outcome = Required<ExampleRun['outcome']> & { cells: Record<string, Json> }

export const parseExample = (text: string): Example => example.parse(parseYaml(text))

interface Outside {
  answerOf(name: string): EffectOutcome
  jobs: Jobs
}

/** Stands for whatever a business does outside: `services` know the answers. */
const call = defineNode<{ name: string }, { name: string }, Outside>({
  op: 'call',
  kind: 'leaf',
  config: z.strictObject({ name: z.string() }),
  async run(ctx, { name }) {
    const perform = () => Promise.resolve(ctx.services.answerOf(name))
    const outcome = await ctx.effect(name, null, { policy: 'idempotent' }, perform)
    if (outcome.status !== 'ok') return ctx.fail(outcome.code, outcome.reason)
    ctx.set(name, outcome.data, 'tool')
    ctx.result(outcome.data)
    return Success
  },
})

export function compileExample({ tree }: Example, condition: CompileOptions['condition']): Tree {
  return compile({ v: 1, id: 't', version: '1', ...tree }, createRegistry([...nodes, call]), { condition })
}

/** Who moves the session: the engine, or something around it. */
export type Drive = Pick<Recorder, 'advance' | 'cancel'>

const plain = (tree: Tree): Drive => ({
  advance: (state, context) => advance(tree, state, context),
  cancel: (snapshot, context) => cancel(tree, snapshot, context),
})

/** Plays a run, and says of it what `outcome` may say. */
export async function playExample(tree: Tree, { given = {} }: ExampleRun, drive = plain(tree)): Promise<Outcome> {
  const { cells = {}, answers = {}, turns = [] } = given
  const trace: TraceEvent[] = []
  const called: string[] = []
  const answerOf = (name: string): EffectOutcome => {
    const all = [answers[name] ?? []].flat()
    const next = all[Math.min(called.filter((other) => other === name).length, all.length - 1)]
    if (next === undefined) throw new Error(`The example says no answer of "${name}".`)
    called.push(name)
    return outcomeOf(next)
  }
  const { signal } = new AbortController()
  let context: TurnContext = {
    sessionId: 's1',
    now: 0,
    seed: 'seed',
    journal: { effect: ({ key }, perform) => perform(key, signal) },
    services: { answerOf, jobs: { submit: () => Promise.resolve() } } satisfies Outside,
    shelf: memoryShelf(() => context.now),
    signal,
    subscribe: (told) => trace.push(told),
  }
  const begun = Object.entries(cells).map(([key, value]): [string, Cell] => [key, { value, by: 'system' }])
  let rest = await drive.advance({ cells: Object.fromEntries(begun) }, context)
  for (const turn of turns) {
    const { snapshot } = rest
    if (turn === 'cancel') rest = await drive.cancel(snapshot, context)
    else {
      const { at = context.now, ...woken } = turn
      context = { ...context, now: at }
      rest = await drive.advance({ snapshot, event: woken as EngineEvent }, context)
    }
  }
  return { ...summaryOf(rest, trace), called, warned: tree.warnings.map(({ message }) => message) }
}

function summaryOf(rest: Advance, trace: TraceEvent[]): Omit<Outcome, 'called' | 'warned'> {
  const told = (kind: 'enter' | 'halt') =>
    trace
      .filter((event) => event.kind === kind && event.node !== 't')
      .map(({ node }) => node.slice(node.lastIndexOf('/') + 1))
  const cells = Object.entries(rest.snapshot.scopes['']).map(([key, { value }]) => [key, value])
  return {
    status: rest.status,
    code: rest.fault?.code ?? rest.failure?.code ?? '',
    reason: rest.fault?.reason ?? rest.failure?.reason ?? '',
    result: rest.result ?? null,
    cells: Object.fromEntries(cells) as Record<string, Json>,
    waits: rest.waits.map(({ wait: { at, ...wait } }) => printWait(wait) + (at === undefined ? '' : ` after ${at} ms`)),
    entered: told('enter'),
    halted: told('halt'),
    logged: trace.flatMap((event) => (event.kind === 'log' ? [event.message] : [])),
  }
}

function outcomeOf(given: { [key: string]: Json }): EffectOutcome {
  const { no, unavailable } = given
  if (typeof no === 'string') return { status: 'no', code: no, reason: '' }
  if (typeof unavailable === 'string') return { status: 'unavailable', code: unavailable, reason: '' }
  return { status: 'ok', data: given }
}
