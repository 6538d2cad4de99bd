import { z } from 'zod'
import { exactlyOne } from '../exactly-one.ts'
import { defineParent } from '../../tree/registry.ts'
import { Success } from '../../tree/status.ts'

const config = z
  .strictObject({ value: z.json().optional(), path: z.string().min(1).optional() })
  .superRefine(exactlyOne('value', 'path'))

/**
 * Shapes the result of its child: a value, or what a field holds, takes its place.
 *
 * child success → success; the result is `value`, or that of `path`, which must be there: else failure `nothing_to_return`
 * · failure → failure with the child's code and its result · running → running
 */
export const returnNode = defineParent({
  op: 'return',
  kind: 'decorator',
  pure: true,
  config,
  prepare(config, { expectType }) {
    if (config.path !== undefined) expectType(config.path, 'any', 'read')
    return config
  },
  enter: (ctx) => ctx.run(0),
  settled(ctx, _, status, { value, path }) {
    if (status !== Success) return status
    const result = path === undefined ? value : ctx.read(path)
    if (result === undefined) return ctx.fail('nothing_to_return', `${path} is missing`)
    ctx.result(result)
    return Success
  },
})
