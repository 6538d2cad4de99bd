import { cancelTaskLeaf, type LeafConfig } from '@copse/contracts'
import { Success, type NodeDefinition } from '@copse/engine'
import { fill } from '../say/template.ts'
import { taskKey } from '../tasks.ts'
import type { TurnScope } from '../turn-scope.ts'
import { reader } from './step.ts'

/** One that is not scheduled, or ran already, is none to cancel. */
export const cancelTask: NodeDefinition<TurnScope, LeafConfig<'cancel_task'>> = {
  op: 'cancel_task',
  kind: 'leaf',
  config: cancelTaskLeaf,
  run(ctx, { task, key }) {
    ctx.services.timers.push({ cancel: taskKey(ctx.services, task, fill(key, reader(ctx))) })
    return Success
  },
}
