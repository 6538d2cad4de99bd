import { z } from 'zod'
import type { ParentCtx, Test } from '../../tree/definition.ts'
import { defineParent } from '../../tree/registry.ts'
import { Failure, Success, type Step } from '../../tree/status.ts'

const config = z.strictObject({
  condition: z.json(),
  max: z.int().positive().max(100_000),
  /** Then false at once is failure `never_ran`. */
  failWhenNeverRun: z.literal(true).optional(),
})

interface Loop {
  test: Test
  max: number
  failWhenNeverRun: boolean
}

/**
 * Runs its child as long as a condition is true, `max` times at most. Unknown is not true. Each round is a visit of its
 * own.
 *
 * condition not true → success, also when the child never ran · true after `max` rounds → failure `repeated_too_often` ·
 * child success → the condition again · failure → failure with the child's code · running → running
 */
export const whileNode = defineParent({
  op: 'while',
  kind: 'decorator',
  config,
  prepare: ({ condition, max, failWhenNeverRun }, preparation): Loop => ({
    test: preparation.condition(condition),
    max,
    failWhenNeverRun: failWhenNeverRun === true,
  }),
  enter: (ctx, loop) => round(ctx, loop),
  settled: (ctx, _, status, loop) => (status === Failure ? status : round(ctx, loop)),
})

/** `mem` counts the rounds begun. */
function round(ctx: ParentCtx, { test, max, failWhenNeverRun }: Loop): Step {
  const holds = ctx.test(test) === true
  ctx.decide('while', String(holds), () => ctx.explain(test))
  if (!holds) return ctx.mem === 0 && failWhenNeverRun ? ctx.fail('never_ran', `not ${test.text}`) : Success
  if (ctx.mem >= max) return ctx.fail('repeated_too_often', `${max} rounds, and still ${test.text}`)
  ctx.mem++
  return ctx.run(0)
}
