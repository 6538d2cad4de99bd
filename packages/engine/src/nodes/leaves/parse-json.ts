import { z } from 'zod'
import type { Json } from '../../tree/json.ts'
import { defineNode } from '../../tree/registry.ts'
import { Success } from '../../tree/status.ts'

const SIZE_LIMIT = 1_000_000

/**
 * text that is JSON → success; the value is the result and, with `key`, on the blackboard · anything else → failure
 * `not_json`, saying where · more than a million characters → failure `too_large`
 */
export const parseJson = defineNode({
  op: 'parseJson',
  kind: 'leaf',
  readsLast: ({ from }) => from === undefined,
  config: z.strictObject({
    /** A field with text; what was left last, unless said. */
    from: z.string().min(1).optional(),
    key: z.string().min(1).optional(),
  }),
  writes: ({ key }) => (key === undefined ? [] : [key]),
  run(ctx, { from, key }) {
    const text = from === undefined ? ctx.last : ctx.read(from)
    if (typeof text !== 'string') return ctx.fail('not_json', 'there is no text to read')
    if (text.length > SIZE_LIMIT) return ctx.fail('too_large', `${text.length} characters; ${SIZE_LIMIT} are the most`)
    let value: Json
    try {
      value = JSON.parse(text) as Json
    } catch (error) {
      return ctx.fail('not_json', error instanceof Error ? error.message : String(error))
    }
    if (key !== undefined) ctx.set(key, value, from === undefined ? 'system' : (ctx.cell(from)?.by ?? 'system'))
    ctx.result(value)
    return Success
  },
})
