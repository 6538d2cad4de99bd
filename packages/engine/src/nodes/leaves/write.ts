import { z } from 'zod'
import { defineNode } from '../../tree/registry.ts'
import { Success } from '../../tree/status.ts'

/** → success; the value is on the blackboard */
export const write = defineNode({
  op: 'write',
  kind: 'leaf',
  config: z.strictObject({ key: z.string().min(1), value: z.json() }),
  run(ctx, { key, value }) {
    ctx.set(key, value, 'system')
    return Success
  },
})
