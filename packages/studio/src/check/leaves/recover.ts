import type { Walker } from '../walk/room.ts'
import { leave, spoke } from '../walk/walk.ts'

/** An action failed: it has said itself where that leads, or it is told here and the state falls back or waits. */
export const recover: Walker<'recover'> = ({ exit }, walk, { by }) => {
  const { failed, ...rest } = walk
  if (failed?.by === 'error') return [leave(rest, 'failure', failed.exit, 'error')]
  const told = spoke(rest, {})
  // A fallback that fails in its turn leads nowhere better.
  return [exit !== undefined && by !== 'error' ? leave(told, 'failure', exit, 'error') : leave(told, 'success')]
}
