import { z } from 'zod'
import type { ParentCtx } from '../../tree/definition.ts'
import { defineParent } from '../../tree/registry.ts'
import { Success } from '../../tree/status.ts'
import { listOf, recordOf } from '../../run/remembered.ts'
import type { Json } from '../../tree/json.ts'
import { failWithAll } from './refusals.ts'

/** One weight for each child, by name; 1 unless said. 0 is tried last, after all others failed. */
const config = z.strictObject({ weights: z.record(z.string(), z.number().min(0)).optional() })

interface Plan {
  weights: readonly number[]
  names: readonly string[]
}

type Memory = { order: number[]; refusals: Json[] }

/**
 * A selector that tries its children in an order drawn by weight. The order is drawn once, from the turn's seed, and
 * told.
 *
 * child success → success · failure → the next one drawn, after the last: failure `all_failed` with every reason · running
 * → running
 */
export const randomSelector = defineParent({
  op: 'randomSelector',
  kind: 'composite',
  config,
  prepare({ weights = {} }, { children, fail }): Plan {
    const wrong = Object.keys(weights).filter((name) => !children.includes(name))
    if (wrong.length > 0) fail(`no child is named ${wrong.map((name) => `"${name}"`).join(', ')}`)
    return { names: children, weights: children.map((name) => (Object.hasOwn(weights, name) ? weights[name]! : 1)) }
  },
  enter(ctx, { weights, names }) {
    const order = draw(ctx, weights)
    ctx.memory = { order, refusals: [] } satisfies Memory
    ctx.decide('order', names[order[0]!]!, () => ({ order: order.map((child) => names[child]!) }))
    return ctx.run(order[0]!)
  },
  settled(ctx, child, status) {
    if (status === Success) return Success
    const { order, refusals } = recordOf(ctx.memory) as Memory
    const all = [...listOf(refusals), ctx.failure()!]
    const next = listOf(order)[order.indexOf(child) + 1] as number | undefined
    if (next === undefined) return failWithAll(ctx, all)
    ctx.memory = { order, refusals: all } satisfies Memory
    return ctx.run(next)
  },
})

/** One after the other without putting back. */
function draw(ctx: ParentCtx, weights: readonly number[]): number[] {
  const left = weights.map((weight, child) => ({ weight, child }))
  const order: number[] = []
  while (left.length > 0) {
    let rest = ctx.random() * left.reduce((sum, { weight }) => sum + weight, 0)
    let at = left.findIndex(({ weight }) => (rest -= weight) < 0)
    if (at < 0) at = left.length - 1
    order.push(left.splice(at, 1)[0]!.child)
  }
  return order
}
