import { z } from 'zod'
import type { Json } from '../../tree/json.ts'
import { defineNode } from '../../tree/registry.ts'
import { Success } from '../../tree/status.ts'
import { depthOf, faultIn } from './json-text.ts'

const SIZE_LIMIT = 1_000_000
/** A snapshot that holds the value must still be written. */
const DEPTH_LIMIT = 100

/**
 * text that is JSON → success; the value is the result and, with `key`, on the blackboard · anything else → failure
 * `not_json`, with line and column · more than a million characters → failure `too_large` · lists and objects more than
 * a hundred deep → failure `too_deep`
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
  prepare(config, { expectType }) {
    if (config.from !== undefined) expectType(config.from, 'string', 'read')
    if (config.key !== undefined) expectType(config.key, 'any', 'write')
    return config
  },
  run(ctx, { from, key }) {
    const text = from === undefined ? ctx.last : ctx.read(from)
    if (typeof text !== 'string') return ctx.fail('not_json', 'there is no text to read')
    if (text.length > SIZE_LIMIT) return ctx.fail('too_large', `${text.length} characters; ${SIZE_LIMIT} are the most`)
    const depth = depthOf(text)
    if (depth > DEPTH_LIMIT) return ctx.fail('too_deep', `${depth} lists and objects deep; ${DEPTH_LIMIT} are the most`)
    let value: Json
    try {
      value = JSON.parse(text) as Json
    } catch {
      const { line, column, found } = faultIn(text)
      return ctx.fail('not_json', `line ${line}, column ${column}: ${found} cannot stand here`)
    }
    if (key !== undefined) {
      const source = from === undefined ? undefined : (ctx.cell(from) ?? ctx.cell(from.split('.', 1)[0]!))
      ctx.set(key, value, source?.by ?? 'system')
    }
    ctx.result(value)
    return Success
  },
})
