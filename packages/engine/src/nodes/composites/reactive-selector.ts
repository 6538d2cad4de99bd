import { z } from 'zod'
import { defineParent } from '../../tree/registry.ts'
import { Success } from '../../tree/status.ts'
import type { FailureNote } from '../../run/snapshot.ts'
import { goOn, lookAgain, preempt, prepareReactive } from './reactive.ts'
import { failWithAll } from './refusals.ts'

/**
 * A selector that looks at what stands before its running child again at every event, and stops that child as soon as one
 * of those succeeds. All children but one must be pure.
 *
 * child success → success; what runs is halted · failure → the next one, after the last: failure `all_failed` with every
 * reason · running → running
 */
export const reactiveSelector = defineParent({
  op: 'reactiveSelector',
  kind: 'composite',
  config: z.strictObject({}),
  prepare: prepareReactive,
  enter: (ctx) => ctx.run(0),
  tick: lookAgain,
  settled(ctx, child, status) {
    if (status === Success) return preempt(ctx, child, Success)
    // By child, since each may be looked at many times.
    const refusals = { ...(ctx.memory as { [child: string]: FailureNote }), [child]: ctx.failure()! }
    if (child + 1 === ctx.childCount) return failWithAll(ctx, Object.values(refusals))
    ctx.memory = refusals
    return goOn(ctx, child + 1)
  },
})
