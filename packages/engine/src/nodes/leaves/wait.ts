import { z } from 'zod'
import { defineNode } from '../../tree/registry.ts'
import type { Wait } from '../../run/snapshot.ts'
import { Success } from '../../tree/status.ts'

/** first → running, parked · the event → success; its data is the result */
export const wait = defineNode({
  op: 'wait',
  kind: 'leaf',
  config: z.strictObject({
    kind: z.enum(['input', 'timer', 'job', 'approval', 'event']),
    key: z.string().optional(),
  }),
  prepare: ({ kind, key }): Wait => (key === undefined ? { kind } : { kind, key }),
  run(ctx, wait) {
    const event = ctx.event()
    if (event === undefined) return ctx.wait(wait)
    ctx.result(event.data)
    return Success
  },
})
