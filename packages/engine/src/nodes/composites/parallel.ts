import { z } from 'zod'
import type { ParentCtx, Preparation } from '../../tree/definition.ts'
import { defineParent } from '../../tree/registry.ts'
import type { Json } from '../../tree/json.ts'
import { Failure, Running, Success, type Settled, type Step } from '../../tree/status.ts'
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

/** What came of each child, in the order they came; `undefined` refusals are successes. */
type Done = { order: number[]; refusals: { [child: string]: FailureNote } }

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
    if (ctx.mem >= ctx.childCount || runningOf(ctx) >= concurrency) return Running
    return start(ctx, ctx.mem)
  },
  settled(ctx, child, status, plan) {
    const done = doneOf(ctx)
    const refusals = status === Failure ? { ...done.refusals, [child]: ctx.failure()! } : done.refusals
    const now: Done = { order: [...done.order, child], refusals }
    ctx.memory = now as unknown as Json
    const decided = decide(ctx, now, plan)
    if (decided !== undefined) return conclude(ctx, now, decided)
    return ctx.mem < ctx.childCount ? start(ctx, ctx.mem) : Running
  },
})

/** `mem` is the next child to start. */
function start(ctx: ParentCtx, child: number): Step {
  ctx.mem = child + 1
  return ctx.run(child)
}

function decide(ctx: ParentCtx, { order, refusals }: Done, plan: Plan): Settled | undefined {
  const failed = Object.keys(refusals).length
  const succeeded = order.length - failed
  if (plan.waitsForAll && order.length < ctx.childCount) return undefined
  if (succeeded >= plan.success) return Success
  if (failed >= plan.failure || order.length === ctx.childCount) return Failure
  return undefined
}

function conclude(ctx: ParentCtx, { order, refusals }: Done, status: Settled): Step {
  for (let child = 0; child < ctx.mem; child++) if (!order.includes(child)) ctx.halt(child, 'sibling')
  ctx.merge(order.toSorted((a, b) => a - b))
  if (status === Success) return Success
  const notes = Object.values(refusals)
  return notes.length === 1 ? ctx.fail(notes[0]!.code, notes[0]!.reason) : failWithAll(ctx, notes)
}

function runningOf(ctx: ParentCtx): number {
  return ctx.mem - doneOf(ctx).order.length
}

function doneOf(ctx: ParentCtx): Done {
  return (ctx.memory ?? { order: [], refusals: {} }) as unknown as Done
}

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
