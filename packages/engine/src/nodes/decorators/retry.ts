import { z } from 'zod'
import { attemptsOf, nextAttempt } from '../../run/attempts.ts'
import { countOf } from '../../run/remembered.ts'
import type { ParentCtx } from '../../tree/definition.ts'
import { defineParent } from '../../tree/registry.ts'
import { Success } from '../../tree/status.ts'

const config = z
  .strictObject({
    /** Tries in all, the first included. */
    attempts: z.int().min(1).max(1000),
    /** Before the second try; times `backoff` before each further one, up to `maxDelayMs`. */
    delayMs: z.int().nonnegative().optional(),
    backoff: z.number().min(1).max(100).optional(),
    maxDelayMs: z.int().positive().optional(),
    /** One for each try after the first, instead; the last counts for all that follow. */
    delaysMs: z.array(z.int().nonnegative()).min(1).optional(),
    /** Takes off up to this part of a delay, 0 to 1; drawn for each session and try, the same in a re-run. */
    jitter: z.number().min(0).max(1).optional(),
    /** Codes that are worth another try; all, unless said. */
    retryOn: z.array(z.string()).min(1).optional(),
  })
  .refine(({ delayMs, delaysMs }) => delayMs === undefined || delaysMs === undefined, 'delayMs or delaysMs, not both')

type Config = z.infer<typeof config>

/**
 * Tries its child again when it failed. Waits between tries are timers, so they survive restarts. Effects below it keep
 * their keys from try to try.
 *
 * child success → success · failure → another try; after the last one, for a code that is not in `retryOn` and for a
 * failure that says it is not retryable: failure with the child's code · running → running
 */
export const retry = defineParent({
  op: 'retry',
  kind: 'decorator',
  retries: true,
  config,
  parks: ({ delayMs, delaysMs }) => delayMs !== undefined || delaysMs !== undefined,
  enter(ctx) {
    ctx.memory = { attempt: 0 }
    return ctx.run(0)
  },
  settled(ctx, _, status, config) {
    if (status === Success) return status
    const attempts = attemptsOf(ctx.memory)
    const attempt = countOf(attempts.attempt)
    const { code, retryable } = ctx.failure()!
    const isWorthIt = retryable !== false && (config.retryOn === undefined || config.retryOn.includes(code))
    if (!isWorthIt || attempt + 1 >= config.attempts) return status
    ctx.memory = nextAttempt(attempts)
    const delayMs = delayOf(ctx, config, attempt)
    return delayMs === 0 ? ctx.run(0) : ctx.wait({ kind: 'timer', at: ctx.now() + delayMs })
  },
  woken: (ctx) => ctx.run(0),
})

/** After the attempt of this number, counted from 0. */
function delayOf(ctx: ParentCtx, config: Config, attempt: number): number {
  const { delayMs = 0, backoff = 1, maxDelayMs = Number.MAX_SAFE_INTEGER, delaysMs, jitter = 0 } = config
  // Grown often enough it is infinite, which no time times is no number.
  const grown = delayMs === 0 ? 0 : delayMs * backoff ** attempt
  const plain = delaysMs?.[Math.min(attempt, delaysMs.length - 1)] ?? grown
  // Sessions that failed together must not come back together: what they draw differs, and is the same in a re-run.
  const spread = jitter === 0 ? 1 : 1 - jitter * ctx.random()
  return Math.round(Math.min(plain, maxDelayMs) * spread)
}
