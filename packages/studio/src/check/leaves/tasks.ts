import type { LeafConfig } from '@copse/contracts'
import { missing } from '../domain/domain.ts'
import { filledIn, templatesIn } from '../leaf-data.ts'
import { reads, type Room, type Walker } from '../walk/room.ts'
import { leave, told, type Walk } from '../walk/walk.ts'

/** Where the conversation goes does not depend on the task; a field may hold no time for it. */
export const scheduleTask: Walker<'schedule_task'> = (config, walk, room) => {
  const { when, task } = config
  for (const name of filledIn({ stage: room.stage, node: { op: 'schedule_task' }, op: 'schedule_task', config }))
    reads(name, walk, room)
  room.later(task, takenAlong(config, walk, room))
  return [
    leave(walk, 'success'),
    ...('at' in when ? [leave(told(walk, 'there is no time to write at'), 'failure')] : []),
  ]
}

/** What the task will know: what its author names, else all that is known now. The message is of its own time. */
function takenAlong({ data }: LeafConfig<'schedule_task'>, walk: Walk, { program: { domain, resolve } }: Room): Walk {
  const known = domain.fields.map((field) => {
    const [root = field.path] = field.path.split('.', 1)
    if (root === 'message') return field.path.startsWith('message.contact_') ? field.all & ~missing : missing
    if (data === undefined || ['today', 'customer_id', 'case_id', 'connector'].includes(root))
      return walk.data[field.index]!
    if (!Object.hasOwn(data, root)) return missing
    const lacks = templatesIn(data[root]).some(
      (name) => walk.data[domain.field(resolve(name))?.index ?? -1] === missing,
    )
    return lacks ? missing : field.all & ~missing
  })
  return { ...walk, data: known }
}

export const cancelTask: Walker<'cancel_task'> = (_, walk) => [leave(walk, 'success')]
