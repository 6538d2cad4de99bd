import { z } from 'zod'
import { leaf } from '../../steps/leaf.ts'
import { checkTask } from '../later.ts'
import { defineAction } from './action.ts'

const shape = z.strictObject({ action: z.string(), task: z.string(), key: z.string().min(1, 'is empty').optional() })

/** The task that was scheduled under the same key does not run. */
export const cancelTask = defineAction({
  action: 'cancel_task',
  shape,
  read({ task, key }, { step, context }) {
    checkTask(task, ['task'], context)
    const config = { step, task, key: context.template(key ?? '', ['key']) as string }
    return { node: () => leaf('cancel_task', config, `cancel:${task}`) }
  },
})
