import { exists } from '@copse/conditions'
import { ask } from '../domain/ask.ts'
import type { Walker } from '../walk/room.ts'
import { leave, told, type Walk } from '../walk/walk.ts'
import { unset, writtenByTool } from '../walk/writes.ts'

/** Into a subprocedure, whose fields are new each time, or out of it; a value that is demanded may not be there. */
export const pass: Walker<'pass'> = ({ scope, values }, walk, room) => {
  const { domain, condition } = room.program
  const roots = domain.fields.flatMap(({ path }) =>
    scope !== undefined && path.startsWith(scope) ? (path.split('.', 1)[0] ?? []) : [],
  )
  let open = [[...new Set(roots)].reduce((at, root) => unset(domain, at, root), walk)]
  const lacking: Walk[] = []
  for (const { to, source, required } of values) {
    open = open.flatMap((one) => {
      if (source === undefined) return [writtenByTool(domain, one, to)]
      return ask(domain, condition(exists(source)), one.data).flatMap(({ holds, data }) => {
        const at = { ...one, data }
        if (holds) return [writtenByTool(domain, at, to)]
        if (required !== true) return [unset(domain, at, to)]
        lacking.push(leave(told(at, `nothing is known for "${to}"`), 'failure'))
        return []
      })
    })
  }
  return [...open.map((one) => leave(one, 'success', 'success', room.by)), ...lacking]
}
