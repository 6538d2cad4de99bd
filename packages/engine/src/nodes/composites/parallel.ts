import { z } from 'zod'
import type { ParentCtx, Preparation } from '../../tree/definition.ts'
import { defineParent } from '../../tree/registry.ts'
import { Failure, Running, Success, type Settled, type Step } from '../../tree/status.ts'
import { countOf, recordOf } from '../../run/remembered.ts'
import type { FailureNote } from '../../run/snapshot.ts'
import { failWithAll } from './refusals.ts'

const config = z.strictObject({
  /** How many have to succeed: `all` unless said; below zero, so many fewer than all. */
  success: z.union([z.enum(['all', 'any']), z.int()]).optional(),
  /** How many may fail before it does; unless said, as soon as `success` cannot be reached any more. */
  failure: z.int().positive().optional(),
  /** How many run at the same time. */
  concurrency: z.int().positive().optional(),
  /** `decided` halts the rest as soon as it is clear; `all` lets them finish. */
  join: z.enum(['decided', 'all']).optional(),
})

interface Plan {
  success: number
  failure: number
  concurrency: number
  waitsForAll: boolean
}

/** `mem` is the next child to start. In memory is how many settled; once one failed or it is decided, all of this. */
type Done = { count: number; refusals: { [child: string]: FailureNote }; decided?: Settled }

const NO_REFUSALS: Done['refusals'] = {}

/**
 * Children side by side; one that settled is not run again. Each writes to an overlay of its own; at the decision the
 * overlays of those that settled are laid down in child order, and what the others wrote never happened.
 *
 * child success, failure → counts as it arrives; enough of one decide and halt the rest · failed: the only refusal, or
 * `all_failed` with every one in child order · running → running
 */
export const parallel = defineParent({
  op: 'parallel',
  kind: 'composite',
  overlays: true,
  config,
  prepare: plan,
  enter: (ctx) => start(ctx, 0),
  parked(ctx, { concurrency }) {
    const next = ctx.mem
    const isFull = next >= ctx.childCount || (next >= concurrency && next - settledIn(ctx) >= concurrency)
    return isFull ? Running : start(ctx, next)
  },
  settled(ctx, child, status, plan) {
    const { memory = 0, childCount } = ctx
    // The usual case: none failed yet, and it is not enough. What is counted can only decide later.
    if (status === Success && typeof memory === 'number' && memory + 1 < plan.success) {
      ctx.memory = memory + 1
      return ctx.mem < childCount ? start(ctx, ctx.mem) : Running
    }
    const before = typeof memory === 'number' ? undefined : (recordOf(memory) as Done)
    const count = (before === undefined ? (memory as number) : countOf(before.count)) + 1
    let refusals = before?.refusals ?? NO_REFUSALS
    if (status === Failure) refusals = { ...refusals, [child]: ctx.failure()! }
    const decided = before?.decided ?? decide(count, refusals, childCount, plan)
    if (decided !== undefined && (!plan.waitsForAll || count === childCount)) {
      return conclude(ctx, count, refusals, decided)
    }
    if (decided !== undefined) ctx.memory = { count, refusals, decided }
    else ctx.memory = refusals === NO_REFUSALS ? count : { count, refusals }
    return ctx.mem < childCount ? start(ctx, ctx.mem) : Running
  },
})

function start(ctx: ParentCtx, child: number): Step {
  ctx.mem = child + 1
  return ctx.run(child)
}

function decide(count: number, refusals: Done['refusals'], childCount: number, plan: Plan): Settled | undefined {
  const failed = refusals === NO_REFUSALS ? 0 : Object.keys(refusals).length
  if (count - failed >= plan.success) return Success
  return failed >= plan.failure || count === childCount ? Failure : undefined
}

function conclude(ctx: ParentCtx, count: number, refusals: Done['refusals'], status: Settled): Step {
  if (count === ctx.mem) ctx.merge('all')
  else {
    const settled: number[] = []
    for (let child = 0; child < ctx.mem; child++) {
      if (ctx.isRunning(child)) ctx.halt(child, 'sibling')
      else settled.push(child)
    }
    ctx.merge(settled)
  }
  if (status === Success) return Success
  const notes = Object.values(refusals)
  return notes.length === 1 ? ctx.fail(notes[0]!.code, notes[0]!.reason) : failWithAll(ctx, notes)
}

const settledIn = ({ memory = 0 }: ParentCtx): number =>
  typeof memory === 'number' ? memory : countOf(recordOf(memory)['count'])

function plan(
  { success = 'all', failure, concurrency, join }: z.infer<typeof config>,
  { children, fail, warn, writesOf }: Preparation,
): Plan {
  const count = children.length
  const needed = success === 'all' ? count : success === 'any' ? 1 : success < 0 ? count + success : success
  if (needed < 1 || needed > count) fail(`${String(success)} of ${count} children can never succeed`)
  if (failure !== undefined && failure > count) fail(`${failure} of ${count} children can never fail`)
  const writers = new Map<string, string>()
  for (const [child, name] of children.entries()) {
    for (const key of writesOf(child)) {
      const other = writers.get(key)
      if (other === undefined) writers.set(key, name)
      else warn(`"${other}" and "${name}" both write "${key}"; what the later child writes stays`)
    }
  }
  return {
    success: needed,
    failure: failure ?? count - needed + 1,
    concurrency: concurrency ?? count,
    waitsForAll: join === 'all',
  }
}
