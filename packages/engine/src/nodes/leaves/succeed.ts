import { z } from 'zod'
import { defineNode } from '../../tree/registry.ts'
import { Success } from '../../tree/status.ts'

/** → success */
export const succeed = defineNode({
  op: 'succeed',
  kind: 'leaf',
  pure: true,
  config: z.strictObject({}),
  run: () => Success,
})
