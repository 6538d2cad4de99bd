import { recoverLeaf, type LeafConfig } from '@copse/contracts'
import { Success, type NodeDefinition } from '@copse/engine'
import { phrase } from '../phrases.ts'
import type { TurnScope } from '../turn-scope.ts'
import { speak } from './step.ts'

/** Code of a failure that says by itself where it leads. */
export const recovered = 'recovered'
const by = 'error'

/** An action of a state failed. Never silence: somewhere else is told what happened, or it is told here. */
export const recover: NodeDefinition<TurnScope, LeafConfig<'recover'>> = {
  op: 'recover',
  kind: 'leaf',
  config: recoverLeaf,
  run(ctx, { step, title, exit }) {
    const failure = ctx.failure()
    if (failure?.code === recovered) return ctx.fail(recovered, failure.reason)
    const { services } = ctx
    const why = failure === undefined ? 'failed' : `${failure.code}: ${failure.reason}`
    // A fallback that fails in its turn leads nowhere better.
    const goesOn = exit !== undefined && ctx.entered()?.by !== by
    ctx.decide('recover', goesOn ? exit : null, { why })
    const told = services.said.some(
      (part) => part.action === 'apology' || (part.action === 'call' && part.outcome === 'no'),
    )
    if (!told) speak(ctx, { step, title }, { action: 'apology', text: phrase('failed', services.language) })
    if (!goesOn) return Success
    ctx.exit(exit, by)
    return ctx.fail(recovered, why)
  },
}
