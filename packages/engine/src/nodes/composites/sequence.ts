import { z } from 'zod'
import { defineParent } from '../../tree/registry.ts'
import { Failure, Success } from '../../tree/status.ts'

/**
 * Children in order, until one fails. Remembers where it stood, so a conversation does not ask again.
 *
 * child success → the next one, after the last: success · failure → failure with the child's code · running → running
 */
export const sequence = defineParent({
  op: 'sequence',
  kind: 'composite',
  pure: true,
  inOrder: true,
  config: z.strictObject({}),
  enter: (ctx) => ctx.run(0),
  settled(ctx, child, status) {
    if (status === Failure) return Failure
    return child + 1 < ctx.childCount ? ctx.run(child + 1) : Success
  },
})
