import { z } from 'zod'
import type { ParentCtx, Preparation, Remembered } from '../../tree/definition.ts'
import { EngineFault } from '../../tree/faults.ts'
import { passageOf, type Entered, type Passage } from '../../run/passage.ts'
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
  enter: (ctx, plan) => enter(ctx, plan, plan.initial, undefined, []),
  settled(ctx, child, status, plan) {
    const { named, returns = [], entered } = passageOf(ctx.memory)
    const from = plan.names[child]!
    const exit = named?.exit ?? (status === Success ? 'success' : 'failure')
    const goesBack = returns.length > 0 && exit === 'success'
    const found = goesBack ? { to: returns.at(-1)!, return: false } : lookUp(plan, child, exit, status)
    const to = found?.to === BACK ? entered?.from : found?.to

    if (found === undefined || to === undefined) {
      return status === Failure ? Failure : ctx.fail('no_exit', `stage "${from}" has no way on for "${exit}"`)
    }
    if (to === END) {
      ctx.transition(from, END, exit, named?.by)
      return Success
    }
    const owed = found.return ? withReturn(returns, from) : goesBack ? returns.slice(0, -1) : NONE
    const how = named?.by === undefined ? { from, exit } : { from, exit, by: named.by }
    return enter(ctx, plan, plan.positions.get(to)!, how, owed)
  },
  migrate,
})

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

function enter(
  ctx: ParentCtx,
  plan: Plan,
  stage: number,
  entered: Entered | undefined,
  returns: readonly string[],
): Step {
  const name = plan.names[stage]!
  const count = ctx.countEntry(stage)
  if (count > plan.maxEntries) {
    throw new EngineFault('livelock', `stage "${name}" was entered ${count} times without a wait in between`)
  }
  const passage: Passage = {}
  if (entered !== undefined) passage.entered = entered
  if (returns.length > 0) passage.returns = [...returns]
  ctx.memory = passage
  ctx.transition(entered?.from ?? null, name, entered?.exit ?? 'start', entered?.by)
  return ctx.run(stage)
}

/** Stages are known by name; one that was taken out cannot be stood in. */
function migrate({ memory }: Remembered, _: readonly string[], to: readonly string[]): Remembered | undefined {
  const { entered, returns = [] } = passageOf(memory)
  const named = [...(entered ? [entered.from] : []), ...returns]
  if (!named.every((name) => to.includes(name))) return undefined
  return { mem: 0, ...(memory !== undefined && { memory }) }
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
