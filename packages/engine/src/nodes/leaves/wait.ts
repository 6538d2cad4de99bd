import { z } from 'zod'
import type { Ctx } from '../../tree/definition.ts'
import { momentOf } from '../moment.ts'
import { defineNode } from '../../tree/registry.ts'
import type { Wait } from '../../run/snapshot.ts'
import { Success } from '../../tree/status.ts'

const kinds = ['input', 'timer', 'job', 'approval', 'event'] as const

const config = z
  .strictObject({
    kind: z.enum(kinds),
    /** Tells apart two waits of one kind. */
    key: z.string().min(1).optional(),
    /** A field with the key, text or a number, instead. */
    keyFrom: z.string().min(1).optional(),
    /** For a timer: how long. Without a time it waits for the host to say so. */
    forMs: z.int().positive().optional(),
    /** For a timer: a field with a moment, in ms since the epoch or as an ISO date with an offset. */
    until: z.string().min(1).optional(),
  })
  .superRefine(({ kind, key, keyFrom, forMs, until }, context) => {
    const refuse = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message })
    if (key !== undefined && keyFrom !== undefined) refuse('keyFrom', 'give `key` or `keyFrom`, not both')
    if (forMs === undefined && until === undefined) return
    if (kind !== 'timer') refuse(forMs === undefined ? 'until' : 'forMs', 'only a timer has a time')
    if (forMs !== undefined && until !== undefined) refuse('forMs', 'give `forMs` or `until`, not both')
  })

type Config = z.infer<typeof config>

/** Frozen, since snapshots share it. */
const PLAIN = Object.fromEntries(kinds.map((kind) => [kind, Object.freeze({ kind })])) as Record<Config['kind'], Config>

/**
 * first → running, parked · the event → success; its data is the result · a timer whose field holds no moment → failure
 * `no_deadline`; one whose time is over → success at once · the field of `keyFrom` holds no key → failure `no_key`
 */
export const wait = defineNode({
  op: 'wait',
  kind: 'leaf',
  parks: true,
  config,
  prepare(config, preparation) {
    const { keyFrom, until } = config
    if (keyFrom !== undefined) preparation.expectType(keyFrom, 'any', 'read')
    if (until !== undefined) preparation.expectType(until, 'any', 'read')
    // One object for all that say no more: a large machine then finds it where it left it.
    return Object.keys(config).length === 1 ? PLAIN[config.kind] : Object.freeze(config)
  },
  run(ctx, config) {
    const event = ctx.event()
    if (event !== undefined) {
      ctx.result(event.data)
      return Success
    }
    const { kind, keyFrom, forMs, until } = config
    // The same each time: then the config says no more than the wait does.
    if (keyFrom === undefined && forMs === undefined && until === undefined) return ctx.wait(config as Wait)
    const key = keyFrom === undefined ? config.key : keyIn(ctx, keyFrom)
    if (keyFrom !== undefined && key === undefined) return ctx.fail('no_key', `${keyFrom} holds no key`)
    const wait: Wait = key === undefined ? { kind } : { kind, key }
    if (until !== undefined) {
      const at = momentOf(ctx.read(until))
      if (at === undefined) return ctx.fail('no_deadline', `${until} holds no moment`)
      if (at <= ctx.now()) return Success
      wait.at = at
    } else if (forMs !== undefined) wait.at = ctx.now() + forMs
    return ctx.wait(wait)
  },
})

function keyIn(ctx: Ctx, path: string): string | undefined {
  const value = ctx.read(path)
  return (typeof value === 'string' && value !== '') || typeof value === 'number' ? String(value) : undefined
}
