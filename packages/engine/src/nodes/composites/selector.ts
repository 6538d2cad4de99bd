import { z } from 'zod'
import { keepsOrder } from '../../tree/children.ts'
import { defineParent } from '../../tree/registry.ts'
import { Success } from '../../tree/status.ts'
import { listOf } from '../../run/remembered.ts'
import { failWithAll } from './refusals.ts'

/**
 * Children in order, until one succeeds. Remembers where it stood.
 *
 * child success → success · failure → the next one, after the last: failure `all_failed` with every reason · running →
 * running
 */
export const selector = defineParent({
  op: 'selector',
  kind: 'composite',
  pure: true,
  config: z.strictObject({}),
  enter: (ctx) => ctx.run(0),
  settled(ctx, child, status) {
    if (status === Success) return Success
    const refusals = [...listOf(ctx.memory ?? []), ctx.failure()!]
    if (child + 1 === ctx.childCount) return failWithAll(ctx, refusals)
    // They outlive a wait of a later child.
    ctx.memory = refusals
    return ctx.run(child + 1)
  },
  // Refusals are in the order they came, not by child: they mean the same whoever comes behind.
  migrate: (memory, from, to, renamed) => (keepsOrder(from.map(renamed), to) ? memory : undefined),
})
