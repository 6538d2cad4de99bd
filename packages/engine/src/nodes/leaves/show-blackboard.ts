import { z } from 'zod'
import type { Json } from '../../tree/json.ts'
import { defineNode } from '../../tree/registry.ts'
import { Success } from '../../tree/status.ts'

/** → success; who watches is told every field that can be read here, with where it came from */
export const showBlackboard = defineNode({
  op: 'showBlackboard',
  kind: 'leaf',
  config: z.strictObject({}),
  run(ctx) {
    ctx.log('info', 'blackboard', () => ctx.cells() as unknown as Json)
    return Success
  },
})
