import { endLeaf, type LeafConfig } from '@copse/contracts'
import { Success, type NodeDefinition } from '@copse/engine'
import { hidden } from '../hidden.ts'
import type { TurnScope } from '../turn-scope.ts'
import { speak } from './step.ts'

/** Closes the session. Once the case was handed to a person the outcome stays `escalated`. */
export const end: NodeDefinition<TurnScope, LeafConfig<'end'>> = {
  op: 'end',
  kind: 'leaf',
  config: endLeaf,
  run(ctx, config) {
    ctx.set(hidden.outcome, config.outcome, 'system')
    if (config.say !== undefined || config.instruction !== undefined) speak(ctx, config, { action: 'end' })
    ctx.exit('end')
    return Success
  },
}
