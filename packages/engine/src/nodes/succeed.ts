import { z } from 'zod'
import { defineNode } from '../registry.ts'
import { Success } from '../status.ts'

/** → success */
export const succeed = defineNode({
  op: 'succeed',
  kind: 'leaf',
  pure: true,
  config: z.strictObject({}),
  run: () => Success,
})
