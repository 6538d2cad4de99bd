import { passLeaf, type LeafConfig } from '@copse/contracts'
import { Success, type NodeDefinition } from '@copse/engine'
import type { TurnScope } from '../turn-scope.ts'
import type { DialogueCtx } from './step.ts'

type Config = LeafConfig<'pass'>

/** Hands values into a subprocedure, and what it found out of it. Values keep who they came from. */
export const pass: NodeDefinition<TurnScope, Config> = {
  op: 'pass',
  kind: 'leaf',
  config: passLeaf,
  run(ctx, { scope, values }) {
    if (scope !== undefined)
      for (const key of Object.keys(ctx.cells())) if (key.startsWith(scope) && !isStillTold(ctx, key)) ctx.unset(key)
    for (const one of values) if (!hand(ctx, one)) return ctx.fail('value_missing', `Nothing is known for "${one.to}".`)
    const by = ctx.entered()?.by
    if (by !== undefined) ctx.exit('success', by)
    return Success
  },
}

/** After a correction the way is gone again, and what the customer said on it is not asked anew. */
const isStillTold = ({ services: { path } }: DialogueCtx, key: string): boolean =>
  path !== undefined && path.again.length > 0 && Object.hasOwn(path.corrections.askedBy, key)

function hand(ctx: DialogueCtx, { to, source, value, required }: Config['values'][number]): boolean {
  const known = value ?? (source === undefined ? undefined : ctx.read(source))
  if (known === undefined || known === null) {
    ctx.unset(to)
    return required !== true
  }
  ctx.set(to, known, (source === undefined ? undefined : ctx.cell(source.split('.', 1)[0]!))?.by ?? 'system')
  return true
}
