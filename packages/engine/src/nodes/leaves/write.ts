import { z } from 'zod'
import { isOf, printType } from '../../tree/fields.ts'
import { frozen } from '../../tree/json.ts'
import { defineNode } from '../../tree/registry.ts'
import { exactlyOne } from '../exactly-one.ts'
import { Success } from '../../tree/status.ts'

const config = z
  .strictObject({
    key: z.string().min(1),
    value: z.json().optional(),
    /** A field to copy; it keeps where its value came from. */
    from: z.string().min(1).optional(),
    /** What was left last. */
    last: z.literal(true).optional(),
  })
  .superRefine(exactlyOne('value', 'from', 'last'))

/**
 * → success; the value given, that of another field, or what was left last is on the blackboard · there is none → failure
 * `nothing_to_write`
 */
export const write = defineNode({
  op: 'write',
  kind: 'leaf',
  config,
  readsLast: ({ last }) => last === true,
  writes: ({ key }) => [key],
  prepare(config, { typeOf, expectType, fail }) {
    const { key, value, from } = config
    expectType(key, 'any', 'write')
    const type = typeOf(key) ?? 'any'
    if (value !== undefined && value !== null && !isOf(type, value)) fail(`"${key}" takes ${printType(type)}`)
    if (from !== undefined) expectType(from, type, 'read')
    return frozen(config)
  },
  run(ctx, { key, value, from, last }) {
    const given = last ? ctx.last : from === undefined ? value : ctx.read(from)
    if (given === undefined) return ctx.fail('nothing_to_write', `there is nothing to write to ${key}`)
    ctx.set(key, given, (from !== undefined && ctx.cell(from)?.by) || 'system')
    return Success
  },
})
