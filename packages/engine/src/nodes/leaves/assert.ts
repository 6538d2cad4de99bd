import { z } from 'zod'
import { defineNode } from '../../tree/registry.ts'
import { Success } from '../../tree/status.ts'

/** true → success · false → failure `condition_false` · unknown → failure `condition_unknown` */
export const assert = defineNode({
  op: 'assert',
  kind: 'leaf',
  pure: true,
  config: z.strictObject({ condition: z.json() }),
  prepare: ({ condition: json }, { condition }) => condition(json),
  run(ctx, test) {
    const value = ctx.test(test)
    ctx.decide('assert', value === undefined ? null : String(value), () => ctx.explain(test))
    if (value) return Success
    return ctx.fail(value === undefined ? 'condition_unknown' : 'condition_false', test.text)
  },
})
