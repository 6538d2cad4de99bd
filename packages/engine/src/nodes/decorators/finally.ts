import { z } from 'zod'
import { defineParent } from '../../tree/registry.ts'
import { Failure, Success } from '../../tree/status.ts'
import type { FailureNote } from '../../run/snapshot.ts'

/**
 * The second child cleans up after the first, whatever became of that: success, failure or a halt. What cleans up may
 * not wait, since after a halt nobody would be there to answer.
 *
 * first child settled → the second, then the first one's status and code · running → running · halted → the second is run
 * to its end before anything else happens, from its start if it was at it
 */
export const finallyNode = defineParent({
  op: 'finally',
  kind: 'decorator',
  children: { min: 2, max: 2 },
  config: z.strictObject({}),
  prepare(config, { mayPark, fail }) {
    if (mayPark(1)) fail('what cleans up must not wait')
    return config
  },
  enter: (ctx) => ctx.run(0),
  settled(ctx, child, status) {
    if (child === 0) {
      // The note tells what to end with, and that cleaning up has begun.
      ctx.memory = status === Success ? { done: true } : { done: true, failure: ctx.failure()! }
      return ctx.run(1)
    }
    const { failure } = ctx.memory as { failure?: FailureNote }
    if (failure === undefined) return Success
    const { code, reason, retryable } = failure
    ctx.fail(code, reason, retryable === undefined ? undefined : { retryable })
    return Failure
  },
  halt(ctx) {
    ctx.owe(1)
  },
})
