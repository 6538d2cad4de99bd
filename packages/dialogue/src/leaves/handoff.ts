import { handoffLeaf, type LeafConfig } from '@copse/contracts'
import { Success, type NodeDefinition } from '@copse/engine'
import { whenClosed } from '../closed.ts'
import { hidden } from '../hidden.ts'
import { fill } from '../say/template.ts'
import type { TurnScope } from '../turn-scope.ts'
import { factsOf } from './facts.ts'
import { reader, speak } from './step.ts'

/** Gives the case to a person: a row in the tenant's own store, so that it needs no connector and cannot fail. */
export const handoff: NodeDefinition<TurnScope, LeafConfig<'handoff'>> = {
  op: 'handoff',
  kind: 'leaf',
  config: handoffLeaf,
  run(ctx, config) {
    const from = ctx.entered()
    const failure = ctx.failure()
    const why = failure ? `${failure.code}: ${failure.reason}` : config.reason
    const read = reader(ctx)
    const own =
      config.summary === undefined ? '' : fill(config.summary, (path) => (path === '$failure' ? why : read(path)))
    ctx.services.handoffs.push({
      id: ctx.newId(),
      reason: config.reason,
      summary: own || (from ? `${why} (at ${from.from})` : why),
      data: factsOf(ctx, config.data),
    })
    ctx.set(hidden.escalated, true, 'system')
    if (config.silent) return Success
    speak(ctx, config, { action: 'handoff' })
    const note = whenClosed(ctx.services)
    if (note !== undefined) speak(ctx, { step: config.step, title: config.title }, { action: 'handoff', text: note })
    return Success
  },
}
