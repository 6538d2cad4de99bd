import { z } from 'zod'
import type { ParentCtx, Preparation } from '../../tree/definition.ts'
import { frozen, type Json } from '../../tree/json.ts'
import { defineParent } from '../../tree/registry.ts'
import type { NodeSpec } from '../../tree/spec.ts'
import { Failure, Running, Success, type Step } from '../../tree/status.ts'
import { countOf, recordOf } from '../../run/remembered.ts'
import type { FailureNote } from '../../run/snapshot.ts'

const config = z.strictObject({
  /** A field with a list, or the list itself. */
  items: z.union([z.string().min(1), z.array(z.json()).min(1)]),
  /** What the item is called inside; `item` unless said. Beside it stands `index`, counted from 0. */
  as: z
    .string()
    .regex(/^(?!index$)[^.]+$/, 'a name without dots, and not `index`')
    .optional(),
  /** For a field: how many items it may hold. */
  max: z.int().positive().max(1000).optional(),
  /** How many run at the same time; all unless said. */
  concurrency: z.int().positive().optional(),
  /** What is outside can be read inside, but for names that begin with `_`. */
  inherit: z.literal(true).optional(),
})

interface Plan {
  items: string | Json[]
  as: string
  concurrency: number
}

/** By item: what its run left. `mem` is the next item. */
type Memory = { items: number; settled: number; results: { [item: string]: Json }; failure?: FailureNote }

/**
 * Runs its child once for each item of a list, each with a blackboard of its own that holds the item; or, for a list given
 * here, one child for each item. The result is the list of what they left, in the order of the items; what left nothing
 * is null.
 *
 * Where fields are declared, nodes in it see the item, as what the list is declared to hold, and `index`; with `inherit`,
 * whatever can be seen outside is checked as it is there. Any other name may be written inside and read again, but a
 * field of outside that is not seen cannot be read, unless a node inside says it writes one of that name.
 *
 * every child success → success with the list · one failure → the others are halted, failure with its code, and the list as
 * far as it came · not a list → failure `not_a_list` · more than `max` → failure `too_many_items` · running → running
 */
export const gather = defineParent({
  op: 'gather',
  kind: 'composite',
  config,
  readsLast: true,
  frame: ({ inherit }) => (inherit ? 'open' : 'closed'),
  declares({ items, as = 'item' }, { typeOf }) {
    const list = typeof items === 'string' ? typeOf(items) : undefined
    const item = typeof list === 'object' && 'list' in list ? list.list : 'any'
    return { fields: { [as]: item, index: 'number' }, mayHoldMore: true }
  },
  /** A copy for each item there may be, so that ids and tables are there before the items are. */
  expand({ items, max = 0 }, children): readonly NodeSpec[] {
    if (typeof items !== 'string') return children
    return Array.from({ length: max }, (_, item) => ({ ...children[0]!, name: String(item) }))
  },
  prepare: plan,
  enter(ctx, plan) {
    const items = itemsOf(ctx, plan)
    if (!Array.isArray(items)) return ctx.fail('not_a_list', 'the field holds no list')
    if (items.length > ctx.childCount) {
      return ctx.fail('too_many_items', `${items.length} items, and at most ${ctx.childCount} are taken`)
    }
    if (items.length === 0) {
      ctx.result([])
      return Success
    }
    ctx.memory = { items: items.length, settled: 0, results: {} } satisfies Memory
    for (const [item, value] of items.entries()) {
      ctx.seed(item, { [plan.as]: { value, by: 'system' }, index: { value: item, by: 'system' } })
    }
    return start(ctx, 0)
  },
  parked(ctx, { concurrency }) {
    const { items, settled } = memoryOf(ctx)
    return ctx.mem < items && ctx.mem - settled < concurrency ? start(ctx, ctx.mem) : Running
  },
  settled(ctx, child, status) {
    const memory = memoryOf(ctx)
    const result = ctx.takeResult()
    const now: Memory = {
      ...memory,
      settled: memory.settled + 1,
      results: result === undefined ? memory.results : { ...memory.results, [child]: result },
    }
    ctx.memory = now
    if (status === Failure) {
      for (let other = 0; other < ctx.mem; other++) if (other !== child) ctx.halt(other, 'sibling')
    } else if (now.settled < now.items) return ctx.mem < now.items ? start(ctx, ctx.mem) : Running
    ctx.merge([])
    ctx.result(Array.from({ length: now.items }, (_, item) => now.results[item] ?? null))
    return status
  },
})

function memoryOf(ctx: ParentCtx): Memory {
  const memory = recordOf(ctx.memory) as Memory
  recordOf(memory.results)
  countOf(memory.items, ctx.childCount)
  countOf(memory.settled)
  return memory
}

function start(ctx: ParentCtx, item: number): Step {
  ctx.mem = item + 1
  return ctx.run(item)
}

function itemsOf(ctx: ParentCtx, { items }: Plan): Json | undefined {
  return typeof items === 'string' ? ctx.read(items) : frozen(items)
}

function plan(
  { items, as = 'item', concurrency = Number.MAX_SAFE_INTEGER, max }: z.infer<typeof config>,
  { children, fail, expectType }: Preparation,
): Plan {
  if (typeof items === 'string') {
    if (max === undefined) fail('a field may hold any number of items: say how many there are at most (`max`)')
    expectType(items, { list: 'any' }, 'read')
  } else if (items.length !== children.length) {
    fail(`${items.length} items need as many children, not ${children.length}`)
  }
  return { items, as, concurrency }
}
