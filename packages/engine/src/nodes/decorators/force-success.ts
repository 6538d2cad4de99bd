import { z } from 'zod'
import { defineParent } from '../../tree/registry.ts'
import { Success } from '../../tree/status.ts'

/** child success, failure → success · running → running */
export const forceSuccess = defineParent({
  op: 'forceSuccess',
  kind: 'decorator',
  pure: true,
  config: z.strictObject({}),
  enter: (ctx) => ctx.run(0),
  settled: () => Success,
})
