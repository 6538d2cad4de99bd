import { z } from 'zod'
import type { ParentCtx, Test } from '../../tree/definition.ts'
import type { Json } from '../../tree/json.ts'
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
  prepare: (config, { condition }): Plan => ({
    ...config,
    test: config.valid === undefined ? undefined : condition(config.valid),
  }),
  enter: (ctx, plan) => (plan.enabled === false ? ctx.run(0) : askShelf(ctx, keyOf(ctx, plan))),
  came(ctx, outcome, plan) {
    if (ctx.mem === 1) return Success
    const value = valueIn(outcome)
    const isValid = value !== undefined && isTrue(ctx, plan.test, value)
    ctx.decide('cache', isValid ? 'hit' : value === undefined ? 'miss' : 'stale', null)
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

function isTrue(ctx: ParentCtx, test: Test | undefined, cached: Json): boolean {
  if (test === undefined) return true
  const within = (path: string): unknown =>
    path === 'cached' ? cached : path.startsWith('cached.') ? dig(cached, path.slice(7)) : ctx.read(path)
  return test.evaluate({ read: within, now: ctx.now() }) === true
}

/** Own properties only. */
function dig(value: Json, path: string): Json | undefined {
  let found: Json | undefined = value
  for (const key of path.split('.')) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, key)) return undefined
    found = (found as { [key: string]: Json })[key]
  }
  return found
}
