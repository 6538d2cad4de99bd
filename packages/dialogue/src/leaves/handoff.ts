import { handoffLeaf, type LeafConfig } from '@copse/contracts'
import { Success, type NodeDefinition } from '@copse/engine'
import type { TurnScope } from '../turn-scope.ts'
import { factsOf } from './facts.ts'
import { speak } from './step.ts'

/** Gives the case to a person: a row in the tenant's own store, so that it needs no connector and cannot fail. */
export const handoff: NodeDefinition<TurnScope, LeafConfig<'handoff'>> = {
  op: 'handoff',
  kind: 'leaf',
  config: handoffLeaf,
  run(ctx, config) {
    const from = ctx.entered()
    const failure = ctx.failure()
    const why = failure ? `${failure.code}: ${failure.reason}` : config.reason
    ctx.services.handoffs.push({
      id: ctx.newId(),
      reason: config.reason,
      summary: from ? `${why} (at ${from.from})` : why,
      data: factsOf(ctx),
    })
    ctx.set('_escalated', true, 'system')
    speak(ctx, config, { action: 'handoff' })
    return Success
  },
}
