import { canonicalJson } from '../tree/hash.ts'
import type { NodeState } from '../run/snapshot.ts'
import { moveAttempts } from './attempts.ts'
import type { Held } from './held.ts'
import { rename } from './renames.ts'
import { translate } from './translate.ts'
import type { Versions } from './versions.ts'

/** What becomes of one node that a snapshot holds something of. */
export interface Outcome {
  /** Why it cannot go on. */
  wrong?: string
  /** As it will be saved. */
  state?: NodeState
  /** Good to know. */
  notes?: string[]
}

export function compare(versions: Versions, held: Held): Outcome {
  const { from, to, renames } = versions
  const { id, index, state } = held
  const now = rename(id, renames)
  const target = to.byId.get(now)
  if (target === undefined) {
    const hint = now === id ? '; if it has another name now, give it in the renames' : ''
    return { wrong: `${id} is in use, and version ${to.version} has no ${now}${hint}` }
  }
  const [op, opNow] = [from.ops[index]!.name, to.ops[target]!.name]
  if (op !== opNow) return { wrong: `${id} was "${op}" and is "${opNow}" now` }
  const above = from.ids[from.parent[index]!]
  const aboveNow = to.ids[to.parent[target]!]
  if ((above && rename(above, renames)) !== aboveNow) {
    return { wrong: `${id} stands below ${above ?? 'nothing'}, and would stand below ${aboveNow ?? 'nothing'}` }
  }
  if (from.scopes.kinds.get(index) !== to.scopes.kinds.get(target)) {
    return { wrong: `${id} would see the blackboard otherwise than it did` }
  }
  const isConfigured = canonicalJson(from.configs[index]) === canonicalJson(to.configs[target])
  if (held.isBound && !isConfigured) {
    return { wrong: `${id} holds what its config gave a meaning to, and has another config now` }
  }
  if (state === undefined) return {}
  const moved = to.ops[target]!.definition.kind === 'leaf' ? state : moveAttempts(versions, held, state)
  if (moved === undefined) {
    return { wrong: `${id} repeats effects that it knows by the names of its nodes, and those are other names now` }
  }
  const translated = translate(versions, held, target, moved, isConfigured)
  if (typeof translated === 'string') return { wrong: `${id} ${translated}` }
  return { state: translated, notes: passedOver(versions, index, target) }
}

/** What is new in a row, in front of where the session stands in it. */
function passedOver({ from, to, renames }: Versions, index: number, target: number): string[] {
  const [above, aboveNow] = [from.parent[index]!, to.parent[target]!]
  const parent = to.ops[aboveNow]?.definition
  if (parent === undefined || parent.kind === 'leaf' || !parent.inOrder) return []
  const old = new Set(from.ids.slice(from.first[above], from.end[above]).map((id) => rename(id, renames)))
  const earlier = to.ids.slice(to.first[aboveNow], target).filter((id) => !old.has(id))
  return earlier.map((id) => `${id} is new, and passed over: the session stands behind it`)
}
