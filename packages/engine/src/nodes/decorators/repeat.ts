import { z } from 'zod'
import { exactlyOne } from '../exactly-one.ts'
import { defineParent } from '../../tree/registry.ts'
import { Failure, Success } from '../../tree/status.ts'
import type { Test } from '../../tree/definition.ts'

const config = z
  .strictObject({
    times: z.int().positive().max(100_000).optional(),
    /** A condition that ends it; with `max`. */
    until: z.json().optional(),
    max: z.int().positive().max(100_000).optional(),
  })
  .superRefine(exactlyOne('times', 'until'))
  .superRefine(({ until, max }, context) => {
    if ((until === undefined) === (max === undefined)) return
    context.addIssue({ code: 'custom', path: ['max'], message: '`until` and `max` belong together' })
  })

/**
 * Runs its child again and again: so many times, or until a condition holds after a round, `max` times at most. Each
 * round is a visit of its own.
 *
 * child success → the next round; after the last, or when the condition holds: success; `max` rounds without it →
 * failure `repeated_too_often` · failure → failure with the child's code · running → running
 */
export const repeat = defineParent({
  op: 'repeat',
  kind: 'decorator',
  config,
  prepare: ({ times, until, max }, { condition }): { times: number; until: Test | undefined } => ({
    times: times ?? max!,
    until: until === undefined ? undefined : condition(until),
  }),
  enter(ctx) {
    ctx.mem = 1
    return ctx.run(0)
  },
  settled(ctx, _, status, { times, until }) {
    if (status === Failure) return status
    if (until !== undefined) {
      const isDone = ctx.test(until) === true
      ctx.decide('until', String(isDone), () => ctx.explain(until))
      if (isDone) return Success
    }
    if (ctx.mem < times) {
      ctx.mem++
      return ctx.run(0)
    }
    return until === undefined ? Success : ctx.fail('repeated_too_often', `${times} rounds, and not ${until.text}`)
  },
})
