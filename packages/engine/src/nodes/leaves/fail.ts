import { z } from 'zod'
import { defineNode } from '../../tree/registry.ts'

/** → failure with the code and reason given */
export const fail = defineNode({
  op: 'fail',
  kind: 'leaf',
  pure: true,
  config: z.strictObject({ code: z.string().min(1), reason: z.string().optional() }),
  run: (ctx, { code, reason }) => ctx.fail(code, reason),
})
