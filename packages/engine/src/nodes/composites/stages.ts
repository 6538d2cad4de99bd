import { z } from 'zod'
import type { ParentCtx, Preparation, Remembered } from '../../tree/definition.ts'
import { EngineFault } from '../../tree/faults.ts'
import { passageOf, type Entered, type Passage } from '../../run/passage.ts'
import { listOf, recordOf } from '../../run/remembered.ts'
import { defineParent } from '../../tree/registry.ts'
import { Failure, Success, type Settled, type Step } from '../../tree/status.ts'

const END = 'end'
const BACK = '$back'
const MAX_ENTRIES = 100
const NONE: readonly string[] = []

const target = z.union([z.string(), z.strictObject({ to: z.string(), return: z.literal(true) })])

const config = z.strictObject({
  initial: z.string(),
  /** Per stage, per exit: where to go. */
  exits: z.record(z.string(), z.record(z.string(), target)),
  maxEntries: z.int().positive().optional(),
})

type Aim = z.infer<typeof target>

const NO_EXITS: Readonly<Record<string, Aim>> = {}

interface Target {
  to: string
  /** Of a stage. */
  position: number | undefined
  returns: boolean
}

interface Stage {
  name: string
  success: Target | undefined
  failure: Target | undefined
  /** By exit, as given. */
  exits: Readonly<Record<string, Aim>>
}

interface Plan {
  stages: readonly Stage[]
  names: readonly string[]
  /**
   * By position: the stage that plain success leads to, or -1 where there is more to it. A table, since a large machine
   * that looks at an object for each stage spends its time waiting for memory.
   */
  next: readonly number[]
  initial: number
  targetOf(aim: Aim): Target
  maxEntries: number
}

/**
 * A machine whose states are its children. How a stage was left decides which is entered next, so
 * loops are legal and shared tails are not copied.
 *
 * child running → running · settled → the target of its exit: a stage, `end` (success), `$back` (where the stage was
 * entered from) · no target → failure, with the stage's code or `no_exit`
 */
export const stages = defineParent({
  op: 'stages',
  kind: 'composite',
  exits: true,
  config,
  prepare: plan,
  enter: (ctx, plan) => enter(ctx, plan, plan.initial, undefined, NONE),
  settled(ctx, child, status, plan) {
    const { named, returns = NONE, entered } = passageOf(ctx.memory)
    const next = status === Success && named === undefined && returns === NONE ? plan.next[child]! : -1
    if (next >= 0) return enter(ctx, plan, next, { from: plan.names[child]!, exit: 'success' }, NONE)
    const stage = plan.stages[child]!
    const from = stage.name
    const exit = named?.exit ?? (status === Success ? 'success' : 'failure')
    const goesBack = listOf(returns).length > 0 && exit === 'success'
    let found = goesBack ? remembered(plan, returns.at(-1)) : lookUp(plan, stage, exit, status)
    if (found?.to === BACK && entered !== undefined) found = remembered(plan, recordOf(entered)['from'])

    if (found === undefined || found.to === BACK) {
      return status === Failure ? Failure : ctx.fail('no_exit', `stage "${from}" has no way on for "${exit}"`)
    }
    if (found.position === undefined) {
      ctx.transition(from, END, exit, named?.by)
      return Success
    }
    const owed = found.returns ? withReturn(returns, from) : goesBack ? returns.slice(0, -1) : NONE
    const how = named?.by === undefined ? { from, exit } : { from, exit, by: named.by }
    return enter(ctx, plan, found.position, how, owed)
  },
  migrate,
})

/** A name that there is not would read as the end. */
function remembered(plan: Plan, name: unknown): Target {
  const target = typeof name === 'string' ? plan.targetOf(name) : undefined
  if (target?.position !== undefined) return target
  throw new EngineFault('snapshot_invalid', `it remembers the stage ${JSON.stringify(name)}, which is none of its own`)
}

/** A stage that is already to be returned to is not promised twice, so that detours in a circle stay bounded. */
function withReturn(returns: readonly string[], from: string): string[] {
  const known = returns.indexOf(from)
  return known < 0 ? [...returns, from] : returns.slice(0, known + 1)
}

/** An exit nobody listens to counts as plain success or failure; a failure never counts as anything else. */
function lookUp(plan: Plan, stage: Stage, exit: string, status: Settled): Target | undefined {
  if (exit === 'success') return stage.success
  if (exit === 'failure') return stage.failure
  if (Object.hasOwn(stage.exits, exit)) return plan.targetOf(stage.exits[exit]!)
  return status === Success ? stage.success : stage.failure
}

function enter(
  ctx: ParentCtx,
  plan: Plan,
  stage: number,
  entered: Entered | undefined,
  returns: readonly string[],
): Step {
  const name = plan.names[stage]!
  const count = ctx.countEntry(stage)
  if (count > plan.maxEntries) throw livelock(name, count)
  const passage: Passage = entered === undefined ? {} : { entered }
  if (returns.length > 0) passage.returns = [...returns]
  ctx.memory = passage
  ctx.transition(entered?.from ?? null, name, entered?.exit ?? 'start', entered?.by)
  return ctx.run(stage)
}

const livelock = (stage: string, count: number): EngineFault =>
  new EngineFault('livelock', `stage "${stage}" was entered ${count} times without a wait in between`)

/** Stages are known by name; one that was taken out cannot be stood in. */
function migrate(
  { memory }: Remembered,
  _: readonly string[],
  to: readonly string[],
  renamed: (name: string) => string,
): Remembered | undefined {
  const { entered, returns, ...rest } = passageOf(memory)
  const passage: Passage = { ...rest }
  if (entered !== undefined) passage.entered = { ...entered, from: renamed(entered.from) }
  if (returns !== undefined) passage.returns = returns.map(renamed)
  const names = [passage.entered?.from ?? [], passage.returns ?? []].flat()
  if (!names.every((name) => to.includes(name))) return undefined
  return { mem: 0, ...(memory !== undefined && { memory: passage }) }
}

function plan({ initial, exits, maxEntries }: z.infer<typeof config>, { children, fail }: Preparation): Plan {
  const positions = new Map<string, number>()
  for (const name of children) positions.set(name, positions.size)
  const faults: string[] = []
  for (const name of [END, BACK]) {
    if (positions.has(name)) faults.push(`"${name}" is a reserved target and cannot name a stage`)
  }
  if (!positions.has(initial)) faults.push(`initial "${initial}" is no stage`)

  const targetOf = (aim: Aim): Target => {
    const to = typeof aim === 'string' ? aim : aim.to
    return { to, position: positions.get(to), returns: typeof aim === 'object' }
  }
  const stages = children.map((name): Stage => ({ name, success: undefined, failure: undefined, exits: NO_EXITS }))
  for (const name of Object.keys(exits)) {
    const own = exits[name]!
    const position = positions.get(name)
    if (position === undefined) faults.push(`exits: "${name}" is no stage`)
    const stage: Stage = { name, success: undefined, failure: undefined, exits: own }
    for (const exit of Object.keys(own)) {
      const target = targetOf(own[exit]!)
      if (target.position === undefined && (target.returns || (target.to !== END && target.to !== BACK))) {
        faults.push(`${name}.${exit}: "${target.to}" is no stage`)
      }
      if (exit === 'success') stage.success = target
      else if (exit === 'failure') stage.failure = target
    }
    if (position !== undefined) stages[position] = stage
  }
  if (faults.length > 0) fail(faults.join('; '))
  const next = stages.map(({ success }) => (success?.returns === false ? (success.position ?? -1) : -1))
  return {
    stages,
    names: children,
    next,
    initial: positions.get(initial)!,
    targetOf,
    maxEntries: maxEntries ?? MAX_ENTRIES,
  }
}
