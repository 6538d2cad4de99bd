import { missingLeaf, type LeafConfig } from '@copse/contracts'
import type { NodeDefinition } from '@copse/engine'
import type { TurnScope } from '../turn-scope.ts'

const replies = new Set(['payload', 'number', 'title', 'keyword', 'value', 'classification', 'default'])

/** No alternative of a call can run. Reached by a reply: leave to where the argument is collected; flowing on: fail. */
export const missing: NodeDefinition<TurnScope, LeafConfig<'missing'>> = {
  op: 'missing',
  kind: 'leaf',
  config: missingLeaf,
  run(ctx, config) {
    ctx.exit(replies.has(ctx.entered()?.by ?? '') ? 'missing' : 'missing_argument')
    return ctx.fail('missing_argument', `Not known yet: ${config.fields.join(', ')}.`)
  },
}
