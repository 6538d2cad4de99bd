import { z } from 'zod'
import type { ParentCtx, ParentDefinition } from '../../tree/definition.ts'
import type { Settled, Step } from '../../tree/status.ts'

/**
 * A decorator of your own out of two functions, both at once and neither awaited: `before` may settle instead of the
 * child, `after` may settle otherwise than it did.
 */
export function defineWrapper<Services = unknown, const Op extends string = string>(
  op: Op,
  around: {
    before?: (ctx: ParentCtx<Services>) => Settled | undefined
    after?: (ctx: ParentCtx<Services>, status: Settled) => Settled
  },
): ParentDefinition<Services, Record<string, never>> & { op: Op; kind: 'decorator' } {
  return {
    op,
    kind: 'decorator',
    config: z.strictObject({}),
    enter: (ctx): Step => around.before?.(ctx) ?? ctx.run(0),
    settled: (ctx, _, status) => around.after?.(ctx, status) ?? status,
  }
}
