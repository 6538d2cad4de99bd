import { linkLeaf, type LeafConfig } from '@copse/contracts'
import { Success, type NodeDefinition } from '@copse/engine'
import { fill } from '../say/template.ts'
import type { TurnScope } from '../turn-scope.ts'
import { factsOf } from './facts.ts'
import { reader } from './step.ts'

/** Mints an address at which the outside answers once. Failure `no_links`: this process has no address of its own. */
export const link: NodeDefinition<TurnScope, LeafConfig<'link'>> = {
  op: 'link',
  kind: 'leaf',
  config: linkLeaf,
  run(ctx, { answers, key, forMs, summary = '', data }) {
    const { links, address, sessionId, language } = ctx.services
    if (!links || sessionId === undefined) return ctx.fail('no_links', 'Nothing here can be answered from outside.')
    const id = ctx.newId()
    const url = links.mint({ kind: answers, id, until: ctx.now() + forMs, ...address, sessionId, language })
    // For whoever opens an approval: not in the address, which must stay short.
    const shown = answers === 'approval' ? { summary: fill(summary, reader(ctx)), data: factsOf(ctx, data) } : {}
    ctx.set(key, { id, url, ...shown }, 'system')
    return Success
  },
}
