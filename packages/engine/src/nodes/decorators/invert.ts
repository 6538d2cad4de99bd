import { z } from 'zod'
import { defineParent } from '../../tree/registry.ts'
import { Success } from '../../tree/status.ts'

/** child success → failure `inverted` · failure → success · running → running */
export const invert = defineParent({
  op: 'invert',
  kind: 'decorator',
  pure: true,
  config: z.strictObject({}),
  enter: (ctx) => ctx.run(0),
  settled: (ctx, _, status) => (status === Success ? ctx.fail('inverted', 'the opposite was asked for') : Success),
})
