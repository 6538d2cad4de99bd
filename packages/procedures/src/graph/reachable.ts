import { undoIn } from './leaves-in.ts'
import { destination, type Stage } from './stage-graph.ts'

/** Ids of the stages that can be entered, those that only take something back included. */
export function reachableFrom(initial: string, stages: readonly Stage[]): Set<string> {
  const exits = exitsOf(stages)
  const seen = new Set<string>()
  const open = [initial]
  while (open.length > 0) {
    const id = open.pop()!
    if (seen.has(id)) continue
    seen.add(id)
    for (const to of exits.get(id) ?? []) if (!seen.has(to)) open.push(to)
  }
  return seen
}

/** Of one list: it is asked from many a stage. */
const known = new WeakMap<readonly Stage[], Map<string, Set<string>>>()

function exitsOf(stages: readonly Stage[]): Map<string, Set<string>> {
  const before = known.get(stages)
  if (before) return before
  const exits = new Map(
    stages.map(({ id, exits: own, node }) => [id, new Set([...Object.values(own).map(destination), ...undoIn(node)])]),
  )
  known.set(stages, exits)
  return exits
}
