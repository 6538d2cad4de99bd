import type { ParentCtx } from '../../tree/definition.ts'
import type { Json } from '../../tree/json.ts'
import type { Failure } from '../../tree/status.ts'
import { recordOf } from '../../run/remembered.ts'
import type { FailureNote } from '../../run/snapshot.ts'

/** Nothing was left to try: every reason, in order. */
export function failWithAll(ctx: ParentCtx, refusals: readonly Json[]): typeof Failure {
  const reasons = refusals.map((refusal) => {
    const { code, reason } = recordOf(refusal) as FailureNote
    return reason === '' ? code : `${code}: ${reason}`
  })
  return ctx.fail('all_failed', reasons.join('; '))
}
