import { z } from 'zod'
import type { Ctx } from '../definition.ts'
import { defineNode } from '../registry.ts'
import { Running, Success, type Status } from '../status.ts'

/**
 * Children in order, until one fails. Remembers where it stood, so a conversation does not ask again.
 *
 * child success → the next one, after the last: success · failure → failure with the child's code · running → running
 */
export const sequence = defineNode({
  op: 'sequence',
  kind: 'composite',
  config: z.strictObject({}),
  run(ctx) {
    for (let index = ctx.mem; index < ctx.childCount; index++) {
      const status = ctx.child(index)
      if (typeof status !== 'number') return goOn(ctx, index, status)
      if (status === Running) ctx.mem = index
      if (status !== Success) return status
    }
    return Success
  },
})

async function goOn(ctx: Ctx, from: number, promised: Promise<Status>): Promise<Status> {
  let status = await promised
  for (let index = from; ; status = await ctx.child(index)) {
    if (status === Running) ctx.mem = index
    if (status !== Success || ++index === ctx.childCount) return status
  }
}
