import type { z } from 'zod'
import type { HaltReason } from '../run/events.ts'
import type { EffectOutcome, EffectPolicy } from '../run/journal.ts'
import type { Shelf } from '../run/shelf.ts'
import type { Cell, EngineEvent, Source, Wait } from '../run/snapshot.ts'
import type { FailureNote } from '../run/snapshot.ts'
import type { FieldType, FrameFields } from './fields.ts'
import type { Json } from './json.ts'
import type { NodeSpec, SubtreeSpec } from './spec.ts'
import type { Failure, Next, Running, Settled, Status, Step } from './status.ts'

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
  /** Days since 1970-01-01 on the calendar that counts; UTC's where it is not given. */
  dayOf?(instantMs: number): number
}

/** What a definition gets while a tree is compiled. Valid only during `prepare`; its functions may be taken off it. */
export interface Preparation {
  /** Node id, for messages. */
  readonly id: string
  /** Names of the children, in order. */
  readonly children: readonly string[]
  condition: (json: Json) => Test
  /** The declared type of a path as this node sees it; undefined where nothing is declared. */
  typeOf: (path: string) => FieldType | undefined
  /** Refuses a path that this node cannot see by what is declared, or that does not fit the type. */
  expectType: (path: string, type: FieldType, role: 'read' | 'write') => void
  /** Whether everything below a child only reads, and at once. */
  isPure: (child: number) => boolean
  /** Whether something below a child may wait. */
  mayPark: (child: number) => boolean
  /** Keys that nodes below a child declare to write. */
  writesOf: (child: number) => ReadonlySet<string>
  /** What a subtree declares. */
  subtree: (name: string) => Omit<SubtreeSpec, 'root'> | undefined
  /** Accepts the tree, and tells its author. */
  warn: (message: string) => void
  /** Refuses the tree. */
  fail: (message: string) => never
}

interface Declared<Config, Prepared> {
  op: string
  /** Checks the JSON; what it returns is JSON again, so that a frozen tree keeps it. */
  config: z.ZodType<Config>
  prepare?(this: void, config: Config, preparation: Preparation): Prepared
  /** Reads only, and at once. On a node with children: when all of them are. */
  pure?: boolean
  /** May wait by itself. */
  parks?: true | ((config: Config) => boolean)
  /** Reads `ctx.last`: results are kept only in trees where somebody does. */
  readsLast?: true | ((config: Config) => boolean)
  /** Keys it may write: for warnings about branches that write the same, and to know what a frame may hold. */
  writes?(config: Config): readonly string[]
}

/** A kind of node without children. Nodes hold no state: what must survive a wait is in `ctx.mem` and `ctx.memory`. */
export interface LeafDefinition<Services = unknown, Config = unknown, Prepared = Config> extends Declared<
  Config,
  Prepared
> {
  kind: 'leaf'
  /** Entered, or woken by the event of `ctx.event()`. */
  run(this: void, ctx: Ctx<Services>, config: Prepared): Status | Promise<Status>
  halt?(this: void, ctx: Ctx<Services>, config: Prepared, reason: HaltReason): void
}

/**
 * A kind of node with children. It never runs a child itself: each function answers what is to happen next, at once,
 * and the engine does it. So a composite cannot lose a status, swallow a fault or forget a promise.
 */
export interface ParentDefinition<Services = unknown, Config = unknown, Prepared = Config> extends Declared<
  Config,
  Prepared
> {
  kind: 'composite' | 'decorator'
  children?: { min: number; max: number }
  /** Its `settled` is a sequence's: the first failure is its own, after the last child it succeeds. Not asked then. */
  inOrder?: true
  /** Its children are stages: `ctx.exit` anywhere below names how the current one is left. */
  exits?: true
  /** Each child, or those it says, writes to an overlay of its own until `ctx.merge`. */
  overlays?: true | ((child: number) => boolean)
  /** Its children live in a frame of their own: what is outside is not seen. */
  frame?: true | ((config: Config) => 'closed' | 'open')
  /** What such a frame declares. Without, or where it answers undefined, nothing below is checked. */
  declares?(this: void, config: Config, outside: Pick<Preparation, 'typeOf' | 'subtree'>): FrameFields | undefined
  /** Effects below it keep their keys from one entry of the child to the next. */
  retries?: true
  /** Other children than the spec lists: copies of one, or the root of a subtree. */
  expand?(
    config: Config,
    children: readonly NodeSpec[],
    subtree: (name: string) => SubtreeSpec | undefined,
  ): readonly NodeSpec[]
  enter(this: void, ctx: ParentCtx<Services>, config: Prepared): Step
  settled(this: void, ctx: ParentCtx<Services>, child: number, status: Settled, config: Prepared): Step
  /** A wait of its own was answered. */
  woken?(this: void, ctx: ParentCtx<Services>, event: EngineEvent, config: Prepared): Step
  /** What `ctx.ask` asked for came back. */
  came?(this: void, ctx: ParentCtx<Services>, outcome: EffectOutcome, config: Prepared): Step
  /** A child came to rest, or is at work, without having settled: room for another one. Called for the nearest only. */
  parked?(this: void, ctx: ParentCtx<Services>, config: Prepared): Step
  /** Asked before every event while the node runs; `Running` leaves everything as it is. */
  tick?(this: void, ctx: ParentCtx<Services>, config: Prepared): Step
  /** Children were halted before; only called while the node is running. */
  halt?(this: void, ctx: ParentCtx<Services>, config: Prepared, reason: HaltReason): void
  /**
   * Translates what the node remembers to a version with other children or another config; undefined when that cannot
   * be told. `from` are the children it had, `to` those it has; `renamed` says what one of `from` is called in `to`.
   */
  migrate?(
    memory: Remembered,
    from: readonly string[],
    to: readonly string[],
    renamed: (name: string) => string,
  ): Remembered | undefined
}

/** What a node keeps across a wait. */
export interface Remembered {
  mem: number
  memory?: Json
}

/** One kind of node. */
export type NodeDefinition<Services = unknown, Config = unknown, Prepared = Config> =
  | LeafDefinition<Services, Config, Prepared>
  | ParentDefinition<Services, Config, Prepared>

/** A definition in a list: what its config and services are matters to nobody but itself. */
// oxlint-disable-next-line typescript/no-explicit-any
export type AnyDefinition = NodeDefinition<any, any, any>

/** Values by name that only one condition sees. */
export type Given = Readonly<Record<string, Json>>

export type Perform = (key: string, signal: AbortSignal) => Promise<EffectOutcome>

export interface EffectOptions {
  policy: EffectPolicy
  /** Once it succeeded it is done with: the next try of a retry does it again, under another key. */
  eachTry?: true
  naturalKey?: string
  reconcile?: (key: string, signal: AbortSignal) => Promise<EffectOutcome | undefined>
}

/** What every node may touch. Valid only during the call that got it. */
export interface NodeCtx<Services = unknown> {
  readonly id: string
  readonly visit: number
  readonly services: Services
  readonly signal: AbortSignal
  readonly shelf: Shelf | undefined
  /** Fixed for the turn. */
  now(): number
  /** [0, 1), derived from the turn's seed. */
  random(): number
  newId(): string

  /** By dotted path or alias; unconfirmed and missing are undefined. */
  read(path: string): Json | undefined
  cell(key: string): Cell | undefined
  /** Every cell that can be read here, for facts and searches; read-only. */
  cells(): Readonly<Record<string, Cell>>
  set(key: string, value: Json, by: Source): void
  unset(key: string): void
  /** From now on these read as missing until they are set again. */
  unconfirm(keys: readonly string[]): void

  /** Evaluates and records nothing; `decide` records. What is `given` hides what is on the blackboard. */
  test(condition: Test, given?: Given): boolean | undefined
  explain(condition: Test, given?: Given): Json
  /** Records what was decided and why; a function is only called when somebody listens. */
  decide(about: string, chosen: string | null, why: Json | (() => Json)): void
  /** Tells those who listen something for people; a function is only called when somebody does. */
  log(level: 'debug' | 'info' | 'warn', message: string, data?: () => Json): void

  /** A 32-bit int and any JSON that survive a wait; cleared when the node settles. JSON is replaced, never changed. */
  mem: number
  memory: Json | undefined
  /** JSON that outlives the visit, until the session ends. */
  kept: Json | undefined
  /** Parks. A timer's `at` is absolute. */
  wait(wait: Wait): typeof Running

  /** A domain no: value, not exception. */
  fail(code: string, reason?: string, options?: { retryable?: boolean }): typeof Failure
  /** Why the child that settled last failed; for a leaf, why the sibling before it, or before what it is in, did. */
  failure(): FailureNote | undefined
  /** Leaves a result for the next sibling, or for what stands above. */
  result(value: Json): void
  /** The result left last before this node, by a sibling of it or of what stands above. */
  readonly last: Json | undefined
}

/** What a leaf may touch. */
export interface Ctx<Services = unknown> extends NodeCtx<Services> {
  /** The event that woke this node, once; undefined on a first run. */
  event(): EngineEvent | undefined
  /** Something that leaves the process: through the journal, under a key that crash re-runs and retries share. */
  effect(name: string, args: Json, options: EffectOptions, perform: Perform): Promise<EffectOutcome>
  /** Names the exit of the enclosing stage; `by` says how it was reached (choice, keyword, classification, condition …). */
  exit(name: string, by?: string): void
  /** How the enclosing stage was entered: stage it came from, exit taken, `by`. Undefined in the first one. */
  entered(): { from: string; exit: string; by?: string } | undefined
}

/** What a composite or decorator may touch. */
export interface ParentCtx<Services = unknown> extends NodeCtx<Services> {
  readonly childCount: number
  /** Answer this to have a child entered. */
  run(child: number): Next
  isRunning(child: number): boolean
  /** Halts a running child, depth first. */
  halt(child: number, reason: HaltReason): void
  /** Like a leaf's `effect`; `came` gets the outcome. Only while no child runs. */
  ask(name: string, args: Json, options: EffectOptions, perform: Perform): typeof Running
  /** Takes a wait of its own back. */
  unpark(): void
  /** What the child that settled last left; taken, it does not become this node's own. */
  takeResult(): Json | undefined
  /** Counts an entry of this child since the last event, and returns how many that makes. */
  countEntry(child: number): number
  /** Records that a stage was left for another; for the node whose children are stages. */
  transition(from: string | null, to: string, exit: string, by?: string): void
  /** Whether an outside signal of this name was ever raised for the session. */
  isSignalled(name: string): boolean
  /** Cells of a child's frame or overlay: given before it is entered, read after it settled. */
  seed(child: number, cells: Record<string, Cell>): void
  inner(child: number): Readonly<Record<string, Cell>>
  /** Brings what these children wrote to their overlays here, in this order, and forgets the overlays of the others. */
  merge(children: readonly number[] | 'all'): void
  /** To be run to its end before anything else happens; for what must be cleaned up. */
  owe(child: number): void
  /** Undoes this child's work, by running `undo`, should anything above fail or be halted; the last is undone first. */
  registerUndo(undo: number, cells: Record<string, Cell>): void
}
