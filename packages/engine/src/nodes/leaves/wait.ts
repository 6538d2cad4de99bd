import { z } from 'zod'
import { momentOf } from '../moment.ts'
import { defineNode } from '../../tree/registry.ts'
import type { Wait } from '../../run/snapshot.ts'
import { Success } from '../../tree/status.ts'

const config = z
  .strictObject({
    kind: z.enum(['input', 'timer', 'job', 'approval', 'event']),
    /** Tells apart two waits of one kind. */
    key: z.string().min(1).optional(),
    /** For a timer: how long. Without a time it waits for the host to say so. */
    forMs: z.int().positive().optional(),
    /** For a timer: a field with a moment, in ms since the epoch or as an ISO date with an offset. */
    until: z.string().min(1).optional(),
  })
  .superRefine(({ kind, forMs, until }, context) => {
    if (forMs === undefined && until === undefined) return
    const path = [forMs === undefined ? 'until' : 'forMs']
    if (kind !== 'timer') context.addIssue({ code: 'custom', path, message: 'only a timer has a time' })
    if (forMs !== undefined && until !== undefined) {
      context.addIssue({ code: 'custom', path, message: 'give `forMs` or `until`, not both' })
    }
  })

/**
 * first → running, parked · the event → success; its data is the result · a timer whose field holds no moment → failure
 * `no_deadline`; one whose time is over → success at once
 */
export const wait = defineNode({
  op: 'wait',
  kind: 'leaf',
  parks: true,
  config,
  run(ctx, { kind, key, forMs, until }) {
    const event = ctx.event()
    if (event !== undefined) {
      ctx.result(event.data)
      return Success
    }
    const wait: Wait = key === undefined ? { kind } : { kind, key }
    if (until !== undefined) {
      const at = momentOf(ctx.read(until))
      if (at === undefined) return ctx.fail('no_deadline', `${until} holds no moment`)
      if (at <= ctx.now()) return Success
      wait.at = at
    } else if (forMs !== undefined) wait.at = ctx.now() + forMs
    return ctx.wait(wait)
  },
})
