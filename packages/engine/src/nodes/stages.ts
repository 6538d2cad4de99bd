import { z } from 'zod'
import type { Ctx, Preparation } from '../definition.ts'
import { EngineFault } from '../faults.ts'
import { passageOf, type Entered, type Passage } from '../passage.ts'
import { defineNode } from '../registry.ts'
import { Failure, Running, Success, type Settled, type Status } from '../status.ts'

const END = 'end'
const BACK = '$back'
const MAX_ENTRIES = 100

const target = z.union([z.string(), z.strictObject({ to: z.string(), return: z.literal(true) })])

const config = z.strictObject({
  initial: z.string(),
  /** Per stage, per exit: where to go. */
  exits: z.record(z.string(), z.record(z.string(), target)),
  maxEntries: z.int().positive().optional(),
})

interface Target {
  to: string
  return: boolean
}

interface Plan {
  names: readonly string[]
  initial: number
  exits: Map<string, Target>[]
  positions: Map<string, number>
  maxEntries: number
}

/**
 * A machine whose states are its children. `mem` is the cursor; how a stage was left decides which is entered next, so
 * loops are legal and shared tails are not copied.
 *
 * child running → running · settled → the target of its exit: a stage, `end` (success), `$back` (where the stage was
 * entered from) · no target → failure, with the stage's code or `no_exit`
 */
export const stages = defineNode({
  op: 'stages',
  kind: 'composite',
  exits: true,
  config,
  prepare: plan,
  run(ctx, plan) {
    const entries = new Map<number, number>()
    if (ctx.memory === undefined) enter(ctx, plan, entries, plan.initial, undefined, [])
    for (;;) {
      const status = ctx.child(ctx.mem)
      if (typeof status !== 'number') return goOn(ctx, plan, entries, status)
      if (status === Running) return status
      const ended = leave(ctx, plan, entries, status)
      if (ended !== undefined) return ended
    }
  },
})

async function goOn(ctx: Ctx, plan: Plan, entries: Map<number, number>, promised: Promise<Status>): Promise<Status> {
  for (let status = await promised; ; status = await ctx.child(ctx.mem)) {
    if (status === Running) return status
    const ended = leave(ctx, plan, entries, status)
    if (ended !== undefined) return ended
  }
}

/** Moves the cursor; a status when there is nowhere to go on. */
function leave(ctx: Ctx, plan: Plan, entries: Map<number, number>, status: Settled): Settled | undefined {
  const { named, returns = [], entered } = passageOf(ctx.memory)
  const from = plan.names[ctx.mem]!
  const left = named ?? { exit: status === Success ? 'success' : 'failure' }
  const goesBack = returns.length > 0 && left.exit === 'success'
  const found = goesBack ? { to: returns.at(-1)!, return: false } : lookUp(plan, ctx.mem, left.exit, status)
  const to = found?.to === BACK ? entered?.from : found?.to

  if (found === undefined || to === undefined) {
    return status === Failure ? Failure : ctx.fail('no_exit', `stage "${from}" has no way on for "${left.exit}"`)
  }
  if (to === END) {
    ctx.transition(from, END, left.exit, left.by)
    return Success
  }
  const owed = found.return ? withReturn(returns, from) : goesBack ? returns.slice(0, -1) : []
  enter(ctx, plan, entries, plan.positions.get(to)!, { from, ...left }, owed)
}

/** A stage that is already to be returned to is not promised twice, so that detours in a circle stay bounded. */
function withReturn(returns: string[], from: string): string[] {
  const known = returns.indexOf(from)
  return known < 0 ? [...returns, from] : returns.slice(0, known + 1)
}

/** An exit nobody listens to counts as plain success or failure; a failure never counts as anything else. */
function lookUp(plan: Plan, stage: number, exit: string, status: Settled): Target | undefined {
  const exits = plan.exits[stage]!
  const found = exits.get(exit)
  if (found !== undefined || exit === 'failure') return found
  return exits.get(status === Success ? 'success' : 'failure')
}

/** Entries are counted within one run: a wait in between begins another. */
function enter(
  ctx: Ctx,
  plan: Plan,
  entries: Map<number, number>,
  stage: number,
  entered: Entered | undefined,
  returns: string[],
): void {
  const name = plan.names[stage]!
  const count = (entries.get(stage) ?? 0) + 1
  if (count > plan.maxEntries) {
    throw new EngineFault('livelock', `stage "${name}" was entered ${count} times without a wait in between`)
  }
  entries.set(stage, count)
  ctx.mem = stage
  ctx.memory = { ...(entered && { entered }), ...(returns.length > 0 && { returns }) } satisfies Passage
  ctx.transition(entered?.from ?? null, name, entered?.exit ?? 'start', entered?.by)
}

function plan({ initial, exits, maxEntries }: z.infer<typeof config>, { children, fail }: Preparation): Plan {
  const positions = new Map(children.map((name, position) => [name, position]))
  const faults: string[] = []
  const expect = (name: string, role: string) => {
    if (!positions.has(name)) faults.push(`${role} "${name}" is no stage`)
  }
  for (const name of children) {
    if (name === END || name === BACK) faults.push(`"${name}" is a reserved target and cannot name a stage`)
  }
  expect(initial, 'initial')
  for (const [stage, targets] of Object.entries(exits)) {
    expect(stage, 'exits:')
    for (const [exit, aim] of Object.entries(targets)) {
      const { to, return: returns } = normal(aim)
      if (returns || (to !== END && to !== BACK)) expect(to, `${stage}.${exit}:`)
    }
  }
  if (faults.length > 0) fail(faults.join('; '))
  return {
    names: children,
    initial: positions.get(initial)!,
    positions,
    exits: children.map((name) => {
      const own = Object.hasOwn(exits, name) ? exits[name]! : {}
      return new Map(Object.entries(own).map(([exit, aim]) => [exit, normal(aim)]))
    }),
    maxEntries: maxEntries ?? MAX_ENTRIES,
  }
}

function normal(aim: z.infer<typeof target>): Target {
  return typeof aim === 'string' ? { to: aim, return: false } : { to: aim.to, return: true }
}
