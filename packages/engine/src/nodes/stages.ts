import { z } from 'zod'
import type { Ctx, Preparation } from '../definition.ts'
import { EngineFault } from '../faults.ts'
import { named, passageOf, type Passage } from '../passage.ts'
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
    if (ctx.memory === undefined) enter(ctx, plan, entries, plan.initial, null, { exit: 'start' })
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
  const passage = passageOf(ctx.memory)
  const from = plan.names[ctx.mem]!
  const left = passage.named ?? { exit: status === Success ? 'success' : 'failure' }
  const pending = passage.returns?.at(-1)
  const isDue = pending?.at === from
  const found =
    isDue && left.exit === 'success' ? { to: pending.to, return: false } : lookUp(plan, ctx.mem, left.exit, status)
  const to = found?.to === BACK ? passage.entered?.from : found?.to

  if (found === undefined || to === undefined) {
    return status === Failure ? Failure : ctx.fail('no_exit', `stage "${from}" has no way on for "${left.exit}"`)
  }
  if (to === END) {
    ctx.transition(from, END, left.exit, left.by)
    return Success
  }
  const returns = passage.returns ?? []
  // A stage that only goes away to come back still owes its own return.
  if (found.return) ctx.memory = { ...passage, returns: [...returns, { at: to, to: from }] }
  else if (isDue) ctx.memory = { ...passage, returns: returns.slice(0, -1) }
  enter(ctx, plan, entries, plan.positions.get(to)!, from, left)
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
  from: string | null,
  left: { exit: string; by?: string },
): void {
  const name = plan.names[stage]!
  const count = (entries.get(stage) ?? 0) + 1
  if (count > plan.maxEntries) {
    throw new EngineFault('livelock', `stage "${name}" was entered ${count} times without a wait in between`)
  }
  entries.set(stage, count)
  const { returns } = passageOf(ctx.memory)
  const passage: Passage = {}
  if (from !== null) passage.entered = { from, ...named(left.exit, left.by) }
  if (returns !== undefined && returns.length > 0) passage.returns = returns
  ctx.mem = stage
  ctx.memory = passage
  ctx.transition(from, name, left.exit, left.by)
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
      if (returns ? true : to !== END && to !== BACK) expect(to, `${stage}.${exit}:`)
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
