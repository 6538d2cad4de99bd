import type { Walker } from '../walk/room.ts'
import { reads } from '../walk/room.ts'
import { leave } from '../walk/walk.ts'
import { unset, writtenByTool } from '../walk/writes.ts'

/** What is remembered is known from here on; what may not be known leaves what was remembered before. */
export const remember: Walker<'remember'> = ({ keeps, forgets }, walk, room) => {
  const { domain } = room.program
  for (const field of Object.values(keeps)) reads(field, walk, room)
  const kept = Object.keys(keeps).reduce((at, name) => writtenByTool(domain, at, `memory.${name}`), walk)
  return [
    leave(
      forgets.reduce((at, name) => unset(domain, at, `memory.${name}`), kept),
      'success',
    ),
  ]
}
