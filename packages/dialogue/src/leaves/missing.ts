import { missingLeaf, type LeafConfig } from '@copse/contracts'
import type { NodeDefinition } from '@copse/engine'
import type { TurnScope } from '../turn-scope.ts'
import { leave, type DialogueCtx } from './step.ts'

type Config = LeafConfig<'missing'>

const replies = new Set(['payload', 'number', 'title', 'keyword', 'value', 'classification', 'default'])

/** No alternative of a call can run. Reached by a reply: leave to where the argument is collected; flowing on: fail. */
export const missing: NodeDefinition<TurnScope, Config> = {
  op: 'missing',
  kind: 'leaf',
  config: missingLeaf,
  run(ctx, config) {
    const exit = exitOf(ctx, config) ?? 'missing_argument'
    return leave(ctx, exit, 'missing_argument', `Not known yet: ${config.fields.join(', ')}.`)
  },
}

function exitOf(ctx: DialogueCtx, { askedBy }: Config): string | undefined {
  const { from, by = '' } = ctx.entered() ?? {}
  // Never again to one that was gone to already: what it did not ask for then, it does not ask for now.
  const asked = askedBy?.findIndex(({ step }) => step === from) ?? -1
  if (asked < 0 && !replies.has(by)) return undefined
  if (askedBy === undefined) return 'missing'
  const next = askedBy.slice(asked + 1).find(({ fields }) => fields.some((field) => ctx.read(field) === undefined))
  return next?.exit
}
