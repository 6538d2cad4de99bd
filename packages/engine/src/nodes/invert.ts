import { z } from 'zod'
import { defineNode } from '../registry.ts'
import { Running, Success } from '../status.ts'
import { andThen } from '../and-then.ts'

/** child success → failure `inverted` · failure → success · running → running */
export const invert = defineNode({
  op: 'invert',
  kind: 'decorator',
  config: z.strictObject({}),
  run(ctx) {
    return andThen(ctx.child(0), (status) => {
      if (status === Running) return status
      return status === Success ? ctx.fail('inverted', 'the opposite was asked for') : Success
    })
  },
})
