import { z } from 'zod'
import type { ParentCtx } from '../../tree/definition.ts'
import type { Json } from '../../tree/json.ts'
import { defineParent } from '../../tree/registry.ts'
import { Success, type Step } from '../../tree/status.ts'
import { recordOf } from '../../run/remembered.ts'
import { askShelf, keyFor, putOnShelf, valueIn } from './shelved.ts'

const config = z.strictObject({
  ms: z.int().positive(),
  /** For all sessions in which these fields hold the same; this session alone, unless said. */
  per: z.array(z.string().min(1)).min(1).optional(),
  /** While it cools down: `fail` unless said, `skip` succeeds, `last` succeeds with the result of the last run. */
  during: z.enum(['fail', 'skip', 'last']).optional(),
})

type Config = z.infer<typeof config>
/** When its child succeeded last, and what it left. */
type Last = { at: number; result?: Json }

/**
 * Lets its child run again only after some time has passed since it succeeded last. The time is absolute and survives
 * restarts; with `per` it holds across sessions.
 *
 * cooling down → failure `cooling_down`, or success, by `during` · what is kept for other sessions is out of reach →
 * failure `shelf_unavailable` · child success → success, and it cools down · failure →
 * failure with the child's code · running → running
 */
export const cooldown = defineParent({
  op: 'cooldown',
  kind: 'decorator',
  config,
  readsLast: ({ during }) => during === 'last',
  prepare(config, { expectType }) {
    for (const path of config.per ?? []) expectType(path, 'any', 'read')
    return config
  },
  enter(ctx, config) {
    if (config.per !== undefined) return askShelf(ctx, keyFor(ctx, ctx.id, config.per))
    return begin(ctx, config, ctx.kept === undefined ? undefined : (recordOf(ctx.kept) as Last))
  },
  came(ctx, outcome, config) {
    // The second answer is to having put it away.
    if (ctx.mem === 1) return Success
    // Not knowing is no reason to do what may have been done a moment ago.
    if (outcome.status !== 'ok')
      return ctx.fail('shelf_unavailable', 'when it ran last cannot be read', { retryable: true })
    return begin(ctx, config, valueIn(outcome) as Last | undefined)
  },
  settled(ctx, _, status, config) {
    if (status !== Success) return status
    const result = config.during === 'last' ? ctx.takeResult() : undefined
    const last: Last = result === undefined ? { at: ctx.now() } : { at: ctx.now(), result }
    if (result !== undefined) ctx.result(result)
    if (config.per === undefined) {
      ctx.kept = last as Json
      return Success
    }
    ctx.mem = 1
    return putOnShelf(ctx, keyFor(ctx, ctx.id, config.per), last as Json, ctx.now() + config.ms)
  },
})

function begin(ctx: ParentCtx, { ms, during = 'fail' }: Config, last: Last | undefined): Step {
  const leftMs = last === undefined ? 0 : last.at + ms - ctx.now()
  if (leftMs <= 0) return ctx.run(0)
  if (during === 'fail') return ctx.fail('cooling_down', `not before another ${leftMs} ms`)
  if (during === 'last' && last?.result !== undefined) ctx.result(last.result)
  return Success
}
