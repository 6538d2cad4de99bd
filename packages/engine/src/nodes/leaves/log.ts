import { z } from 'zod'
import { defineNode } from '../../tree/registry.ts'
import { Success } from '../../tree/status.ts'

/** → success; who watches is told the message, with the fields of `show` as they are */
export const log = defineNode({
  op: 'log',
  kind: 'leaf',
  config: z.strictObject({
    message: z.string().min(1),
    level: z.enum(['debug', 'info', 'warn']).optional(),
    show: z.array(z.string().min(1)).optional(),
  }),
  run(ctx, { message, level = 'info', show = [] }) {
    const data = () => Object.fromEntries(show.map((path) => [path, ctx.read(path) ?? null]))
    ctx.log(level, message, show.length > 0 ? data : undefined)
    return Success
  },
})
