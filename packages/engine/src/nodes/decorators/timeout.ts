import { z } from 'zod'
import { exactlyOne } from '../exactly-one.ts'
import { momentOf } from '../moment.ts'
import type { ParentCtx } from '../../tree/definition.ts'
import { defineParent } from '../../tree/registry.ts'
import type { Step } from '../../tree/status.ts'

const config = z
  .strictObject({
    ms: z.int().positive().optional(),
    /** A field with a moment, in ms since the epoch or as an ISO date with an offset. */
    until: z.string().min(1).optional(),
  })
  .superRefine(exactlyOne('ms', 'until'))

/**
 * A deadline for its child: absolute, so that it survives restarts, and it cuts off whatever the child is at. A second
 * child is the fallback.
 *
 * child success, failure → the same · running when the deadline passes → the fallback's status, without one failure
 * `timed_out` · running → running
 */
export const timeout = defineParent({
  op: 'timeout',
  kind: 'decorator',
  children: { min: 1, max: 2 },
  config,
  prepare(config, { expectType }) {
    if (config.until !== undefined) expectType(config.until, 'any', 'read')
    return config
  },
  enter(ctx, { ms, until }) {
    const at = ms === undefined ? momentOf(ctx.read(until!)) : ctx.now() + ms
    if (at === undefined) return ctx.fail('no_deadline', 'the field of the deadline holds no moment')
    if (at <= ctx.now()) return over(ctx)
    ctx.wait({ kind: 'timer', at })
    return ctx.run(0)
  },
  settled(ctx, child, status) {
    if (child === 0) ctx.unpark()
    return status
  },
  woken(ctx) {
    ctx.halt(0, 'timeout')
    return over(ctx)
  },
})

function over(ctx: ParentCtx): Step {
  return ctx.childCount > 1 ? ctx.run(1) : ctx.fail('timed_out', 'it took longer than it may')
}
