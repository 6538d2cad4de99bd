import { z } from 'zod'
import { defineParent } from '../../tree/registry.ts'
import { Failure, Success } from '../../tree/status.ts'

/** child success → failure `forced` · failure → failure with the child's code · running → running */
export const forceFailure = defineParent({
  op: 'forceFailure',
  kind: 'decorator',
  pure: true,
  config: z.strictObject({}),
  enter: (ctx) => ctx.run(0),
  settled: (ctx, _, status) =>
    status === Success ? ctx.fail('forced', 'it was to fail whatever came of it') : Failure,
})
