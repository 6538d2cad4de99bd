import { sayLeaf, type LeafConfig } from '@copse/contracts'
import { Success, type NodeDefinition } from '@copse/engine'
import { fill } from '../say/template.ts'
import { titleFor, type TurnScope } from '../turn-scope.ts'
import { reader, speak } from './step.ts'

/** Says something and goes on. */
export const say: NodeDefinition<TurnScope, LeafConfig<'say'>> = {
  op: 'say',
  kind: 'leaf',
  config: sayLeaf,
  run(ctx, config) {
    speak(ctx, config, {
      action: 'inform',
      ...(config.options.length ? { options: config.options.map((option) => titleFor(option, ctx.services)) } : {}),
    })
    for (const { type, link } of config.media ?? []) ctx.services.media.push({ type, link: fill(link, reader(ctx)) })
    return Success
  },
}
