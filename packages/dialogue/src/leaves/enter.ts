import { enterLeaf, type LeafConfig } from '@copse/contracts'
import { Success, type NodeDefinition } from '@copse/engine'
import type { TurnScope } from '../turn-scope.ts'
import { hear } from './heard.ts'

/** A state of a flow begins: nothing that another state offered can be chosen here. */
export const enter: NodeDefinition<TurnScope, LeafConfig<'enter'>> = {
  op: 'enter',
  kind: 'leaf',
  config: enterLeaf,
  run(ctx, { step, forgets = [] }) {
    const { services } = ctx
    services.step = step
    services.options = []
    if (ctx.entered() === undefined) hear(ctx)
    else for (const field of forgets) ctx.unset(field)
    return Success
  },
}
