import { attemptsOf } from '../run/attempts.ts'
import type { NodeState } from '../run/snapshot.ts'
import type { Json } from '../tree/json.ts'
import type { Held } from './held.ts'
import { rename } from './renames.ts'
import type { Versions } from './versions.ts'

/**
 * A node that repeats effects under the same key remembers them by what the key is made of: ids. Undefined when keys
 * that were given away already could not be found again.
 */
export function moveAttempts({ from, renames }: Versions, { index }: Held, state: NodeState): NodeState | undefined {
  const { definition } = from.ops[index]!
  if (definition.kind === 'leaf' || !definition.retries || state.memory === undefined) return state
  const attempts = attemptsOf(state.memory)
  const seen = Object.entries(attempts.seen ?? {})
  const isMoved = from.ids.some((id, below) => rename(id, renames) !== id && isBelow(from.parent, below, index))
  if (!isMoved) return state
  if (Object.keys(attempts.tries ?? {}).length > 0) return undefined
  const moved = Object.fromEntries(seen.map(([id, visits]) => [rename(id, renames), visits]))
  return { ...state, memory: { ...attempts, ...(seen.length > 0 && { seen: moved }) } as unknown as Json }
}

/** A node counts as below itself. */
function isBelow(parent: readonly number[], index: number, above: number): boolean {
  let at = index
  while (at > above) at = parent[at]!
  return at === above
}
