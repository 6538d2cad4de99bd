import { z } from 'zod'
import { defineNode } from '../../tree/registry.ts'

/** → failure `todo` with its note; compiling warns of it */
export const todo = defineNode({
  op: 'todo',
  kind: 'leaf',
  config: z.strictObject({ note: z.string().min(1) }),
  prepare(config, { warn }) {
    warn(`still to be done: ${config.note}`)
    return config
  },
  run: (ctx, { note }) => ctx.fail('todo', note, { retryable: false }),
})
