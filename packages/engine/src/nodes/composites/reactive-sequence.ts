import { z } from 'zod'
import { defineParent } from '../../tree/registry.ts'
import { Failure, Success } from '../../tree/status.ts'
import { goOn, lookAgain, preempt, prepareReactive } from './reactive.ts'

/**
 * A sequence that looks at what stands before its running child again at every event, and stops that child as soon as one
 * of those fails. All children but one must be pure.
 *
 * child success → the next one, after the last: success · failure → failure with the child's code; what runs is halted ·
 * running → running
 */
export const reactiveSequence = defineParent({
  op: 'reactiveSequence',
  kind: 'composite',
  config: z.strictObject({}),
  prepare: prepareReactive,
  enter: (ctx) => ctx.run(0),
  tick: lookAgain,
  settled(ctx, child, status) {
    if (status === Failure) return preempt(ctx, child, Failure)
    return child + 1 < ctx.childCount ? goOn(ctx, child + 1) : Success
  },
})
