import { z } from 'zod'
import { defineNode } from '../registry.ts'
import { Running, Success } from '../status.ts'
import { andThen } from '../and-then.ts'

/** child success, failure → success · running → running */
export const forceSuccess = defineNode({
  op: 'forceSuccess',
  kind: 'decorator',
  config: z.strictObject({}),
  run: (ctx) => andThen(ctx.child(0), (status) => (status === Running ? status : Success)),
})
