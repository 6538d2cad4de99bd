import type { z } from 'zod'
import type { HaltReason } from './events.ts'
import type { EffectOutcome, EffectPolicy } from './journal.ts'
import type { Cell, EngineEvent, Source, Wait } from './snapshot.ts'
import type { Json } from './spec.ts'
import type { Failure, Running, Status } from './status.ts'

/** A condition, arrived compiled: true, false, or undefined for unknown. */
export interface Test {
  evaluate(env: TestEnv): boolean | undefined
  /** Each sub-expression with its value, for the trace. */
  explain(env: TestEnv): Json
  readonly text: string
}
export interface TestEnv {
  read(path: string): unknown
  now: number
}

/** What a definition gets while a tree is compiled. */
export interface Preparation {
  /** Node id, for messages. */
  id: string
  /** Names of the children, in order. */
  children: readonly string[]
  condition: (json: Json) => Test
  /** Refuses the tree. */
  fail: (message: string) => never
}

/**
 * One kind of node. `config` validates the JSON; `prepare` turns it, once per tree, into what `run` gets. Nodes hold
 * no state: what must survive a wait is in `ctx.mem` and `ctx.memory`.
 */
export interface NodeDefinition<Services = unknown, Config = unknown, Prepared = Config> {
  op: string
  kind: 'leaf' | 'composite' | 'decorator'
  config: z.ZodType<Config>
  children?: { min: number; max: number }
  /** May be run again at any time: reads only. */
  pure?: boolean
  /** Its children are stages: `ctx.exit` anywhere below names how the current one is left. */
  exits?: true
  prepare?(config: Config, preparation: Preparation): Prepared
  run(ctx: Ctx<Services>, config: Prepared): Status | Promise<Status>
  /** Children were halted before; only called while the node is running. */
  halt?(ctx: Ctx<Services>, config: Prepared, reason: HaltReason): void
}

/** A definition in a list: what its config and services are matters to nobody but itself. */
export type AnyDefinition = NodeDefinition<unknown, unknown, unknown>

/** Everything a node may touch. Valid only during the call that got it. */
export interface Ctx<Services = unknown> {
  readonly id: string
  readonly visit: number
  readonly services: Services
  readonly signal: AbortSignal
  /** Fixed for the turn. */
  now(): number
  /** [0, 1), derived from the turn's seed. */
  random(): number
  newId(): string

  /** By dotted path or alias; unconfirmed and missing are undefined. */
  read(path: string): Json | undefined
  cell(key: string): Cell | undefined
  /** Every cell of this frame, for facts and searches; read-only. */
  cells(): Readonly<Record<string, Cell>>
  set(key: string, value: Json, by: Source): void
  unset(key: string): void
  /** From now on these read as missing until they are set again. */
  unconfirm(keys: readonly string[]): void

  /** Evaluates and, unless `quiet`, records nothing; `decide` records. */
  test(condition: Test): boolean | undefined
  explain(condition: Test): Json
  /** Records what was decided and why; a function is only called when somebody listens. */
  decide(about: string, chosen: string | null, why: Json | (() => Json)): void

  /** A 32-bit int and any JSON that survive a wait; cleared when the node settles. JSON is replaced, never changed. */
  mem: number
  memory: Json | undefined
  /** The event that woke this node, once; undefined on a first run. */
  event(): EngineEvent | undefined
  /** Parks. */
  wait(wait: Wait): typeof Running

  effect(
    name: string,
    args: Json,
    options: {
      policy: EffectPolicy
      naturalKey?: string
      reconcile?: (key: string, signal: AbortSignal) => Promise<EffectOutcome | undefined>
    },
    perform: (key: string, signal: AbortSignal) => Promise<EffectOutcome>,
  ): Promise<EffectOutcome>

  /** Names the exit of the enclosing stage; `by` says how it was reached (choice, keyword, classification, condition …). */
  exit(name: string, by?: string): void
  /** Records that a stage was left for another; for the node whose children are stages. */
  transition(from: string | null, to: string, exit: string, by?: string): void
  /** How the enclosing stage was entered: stage it came from, exit taken, `by`. Undefined in the first one. */
  entered(): { from: string; exit: string; by?: string } | undefined
  /** A domain no: value, not exception. */
  fail(code: string, reason?: string): typeof Failure
  /** Code and reason of the last failure below this node. */
  failure(): { code: string; reason: string } | undefined
  /** Leaves a result for the next sibling. */
  result(value: Json): void
  readonly last: Json | undefined

  /** Composites and decorators. */
  readonly childCount: number
  child(index: number): Status | Promise<Status>
  /** Halts a running child, depth first. */
  haltChild(index: number, reason: HaltReason): void
}
