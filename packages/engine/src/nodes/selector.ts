import { z } from 'zod'
import type { Ctx } from '../definition.ts'
import { defineNode } from '../registry.ts'
import { Failure, Running, type Status } from '../status.ts'
import type { FailureNote } from '../turn.ts'

/**
 * Children in order, until one succeeds. Remembers where it stood.
 *
 * child success → success · failure → the next one, after the last: failure `all_failed` with every reason · running →
 * running
 */
export const selector = defineNode({
  op: 'selector',
  kind: 'composite',
  config: z.strictObject({}),
  run(ctx) {
    for (let index = ctx.mem; index < ctx.childCount; index++) {
      const status = ctx.child(index)
      if (typeof status !== 'number') return goOn(ctx, index, status)
      if (status === Running) ctx.mem = index
      if (status !== Failure) return status
      note(ctx)
    }
    return failWithAll(ctx)
  },
})

async function goOn(ctx: Ctx, from: number, promised: Promise<Status>): Promise<Status> {
  let status = await promised
  for (let index = from; ; status = await ctx.child(index)) {
    if (status === Running) ctx.mem = index
    if (status !== Failure) return status
    note(ctx)
    if (++index === ctx.childCount) return failWithAll(ctx)
  }
}

/** The reasons outlive a wait of a later child. */
function note(ctx: Ctx): void {
  ctx.memory = [...refusals(ctx), ctx.failure()!]
}

function failWithAll(ctx: Ctx): typeof Failure {
  const reasons = refusals(ctx).map(({ code, reason }) => (reason === '' ? code : `${code}: ${reason}`))
  return ctx.fail('all_failed', reasons.join('; '))
}

function refusals(ctx: Ctx): FailureNote[] {
  return (ctx.memory ?? []) as FailureNote[]
}
