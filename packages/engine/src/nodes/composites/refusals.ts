import type { ParentCtx } from '../../tree/definition.ts'
import type { Failure } from '../../tree/status.ts'
import type { FailureNote } from '../../run/snapshot.ts'

/** Nothing was left to try: every reason, in order. */
export function failWithAll(ctx: ParentCtx, refusals: readonly FailureNote[]): typeof Failure {
  const reasons = refusals.map(({ code, reason }) => (reason === '' ? code : `${code}: ${reason}`))
  return ctx.fail('all_failed', reasons.join('; '))
}
