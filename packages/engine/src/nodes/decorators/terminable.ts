import { z } from 'zod'
import { signalKey } from '../../run/waits.ts'
import type { ParentCtx } from '../../tree/definition.ts'
import { defineParent } from '../../tree/registry.ts'
import type { Step } from '../../tree/status.ts'

/**
 * Its child can be ended from outside by a signal, which counts even when it was raised before the start. A second child
 * is the fallback.
 *
 * child success, failure → the same · signal → nothing of the child keeps running; the fallback's status, without one
 * failure `terminated` · running → running
 */
export const terminable = defineParent({
  op: 'terminable',
  kind: 'decorator',
  children: { min: 1, max: 2 },
  config: z.strictObject({ signal: z.string().min(1) }),
  enter(ctx, { signal }) {
    if (ctx.isSignalled(signal)) return ended(ctx, signal)
    ctx.wait({ kind: 'event', key: signalKey(signal) })
    return ctx.run(0)
  },
  settled(ctx, child, status) {
    if (child === 0) ctx.unpark()
    return status
  },
  woken(ctx, _, { signal }) {
    ctx.halt(0, 'signal')
    return ended(ctx, signal)
  },
})

function ended(ctx: ParentCtx, signal: string): Step {
  return ctx.childCount > 1 ? ctx.run(1) : ctx.fail('terminated', `the signal "${signal}" was raised`)
}
