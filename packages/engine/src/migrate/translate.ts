import type { Remembered } from '../tree/definition.ts'
import { isSame, keepsOrder } from '../tree/children.ts'
import type { NodeState } from '../run/snapshot.ts'
import type { Tree } from '../tree/tree.ts'
import type { Held } from './held.ts'
import { rename } from './renames.ts'
import type { Versions } from './versions.ts'

/** What a running node remembers, for the version it goes on in; or why that cannot be told. */
export function translate(
  { from, to, renames }: Versions,
  { id, index }: Held,
  target: number,
  state: NodeState,
  isConfigured: boolean,
): NodeState | string {
  const old = namesBelow(from, index)
  const now = namesBelow(to, target)
  const renamed = (name: string) => lastOf(rename(`${id}/${name}`, renames))
  if (isConfigured && isSame(old, now) && isSame(old, old.map(renamed))) return state

  const { definition } = to.ops[target]!
  const remembers = (state.mem ?? 0) !== 0 || state.memory !== undefined
  if (definition.kind !== 'leaf' && definition.migrate !== undefined) {
    const remembered: Remembered = { mem: state.mem ?? 0, ...(state.memory !== undefined && { memory: state.memory }) }
    const translated = definition.migrate(remembered, old, now, renamed)
    return translated === undefined ? 'remembers what has no meaning in the new version' : withMemory(state, translated)
  }
  if (!isConfigured && remembers) return 'remembers something, and has another config now'
  if (!isSame(old.map(renamed), now) && remembers) return 'remembers something, and has other children now'
  if (!isSame(old, old.map(renamed)) && remembers) return 'remembers something, and its children have other names now'
  if (!keepsOrder(old.map(renamed), now)) return 'has its children in another order now'
  return state
}

function withMemory(state: NodeState, { mem, memory }: Remembered): NodeState {
  const now: NodeState = { ...state, mem }
  if (mem === 0) delete now.mem
  delete now.memory
  if (memory !== undefined) now.memory = memory
  return now
}

function namesBelow({ names, first, end }: Tree, index: number): readonly string[] {
  return names.slice(first[index], end[index])
}

const lastOf = (id: string): string => id.slice(id.lastIndexOf('/') + 1)
