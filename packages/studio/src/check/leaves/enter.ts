import type { Walker } from '../walk/room.ts'
import { leave } from '../walk/walk.ts'
import { unset } from '../walk/writes.ts'

/** A state begins. The initial one empties all data, and what was done before is of another errand. */
export const enter: Walker<'enter'> = ({ forgets }, walk, { program }) => {
  if (forgets === undefined) return [leave(walk, 'success')]
  const emptied = forgets.reduce((at, field) => unset(program.domain, at, field), walk)
  return [leave({ ...emptied, done: new Map() }, 'success')]
}
