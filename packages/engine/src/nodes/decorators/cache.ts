import { z } from 'zod'
import type { ParentCtx, Test } from '../../tree/definition.ts'
import { defineParent } from '../../tree/registry.ts'
import { Success, type Step } from '../../tree/status.ts'
import { askShelf, keyFor, putOnShelf, valueIn } from './shelved.ts'

const config = z.strictObject({
  /** What it belongs to, beside this node. */
  name: z.string().min(1),
  /** The same values of these fields, the same result. */
  by: z.array(z.string().min(1)).optional(),
  expiresMs: z.int().positive().optional(),
  /** A condition on the field `cached`: the cached result counts only while it is true. */
  valid: z.json().optional(),
  enabled: z.boolean().optional(),
})

interface Plan extends z.infer<typeof config> {
  test: Test | undefined
}

/**
 * Keeps the result of its child, across sessions, and gives it instead of running the child again. Only success is
 * kept. `enabled: false` neither reads nor writes; what cannot be reached is a miss.
 *
 * cached and valid → success with the cached result · child success → success, and its result is kept · failure → failure
 * with the child's code · running → running
 */
export const cache = defineParent({
  op: 'cache',
  kind: 'decorator',
  readsLast: true,
  config,
  prepare(config, { condition, expectType }): Plan {
    for (const path of config.by ?? []) expectType(path, 'any', 'read')
    return { ...config, test: config.valid === undefined ? undefined : condition(config.valid) }
  },
  enter: (ctx, plan) => (plan.enabled === false ? ctx.run(0) : askShelf(ctx, keyOf(ctx, plan))),
  came(ctx, outcome, plan) {
    if (ctx.mem === 1) return Success
    const value = valueIn(outcome)
    if (value === undefined) {
      ctx.decide('cache', 'miss', null)
      return ctx.run(0)
    }
    const { test } = plan
    const given = { cached: value }
    const isValid = test === undefined || ctx.test(test, given) === true
    ctx.decide('cache', isValid ? 'hit' : 'stale', () => (test === undefined ? null : ctx.explain(test, given)))
    if (!isValid) return ctx.run(0)
    ctx.result(value)
    return Success
  },
  settled(ctx, _, status, plan): Step {
    const result = ctx.takeResult()
    if (result !== undefined) ctx.result(result)
    if (status !== Success || plan.enabled === false || result === undefined) return status
    ctx.mem = 1
    const untilMs = plan.expiresMs === undefined ? undefined : ctx.now() + plan.expiresMs
    return putOnShelf(ctx, keyOf(ctx, plan), result, untilMs)
  },
})

const keyOf = (ctx: ParentCtx, { name, by = [] }: Plan): string => keyFor(ctx, `cache:${name}`, by)
