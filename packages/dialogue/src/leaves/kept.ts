import { Success, type AnyDefinition, type LeafDefinition, type Status } from '@copse/engine'
import type { Taken } from '../path.ts'
import type { TurnScope } from '../turn-scope.ts'
import { stepOf, type DialogueCtx } from './step.ts'

/**
 * After a correction the way is gone again: a leaf of a step that does not depend on what was corrected leaves as it did
 * before, and says, asks and does nothing.
 */
export function keeping(definition: AnyDefinition): AnyDefinition {
  const { run } = definition as LeafDefinition<TurnScope>
  return {
    ...definition,
    run(ctx: DialogueCtx, config: unknown): Status | Promise<Status> {
      const kept = ctx.services.path?.keptAt(stepOf(ctx))
      return kept ? leaveAs(ctx, kept) : run(ctx, config)
    },
  } as AnyDefinition
}

function leaveAs(ctx: DialogueCtx, { exit, by }: Taken): Status {
  ctx.decide('kept', exit, { by: by ?? null })
  if (exit === 'failure') return ctx.fail('kept', 'It came to the same before.')
  ctx.exit(exit, by)
  return Success
}
