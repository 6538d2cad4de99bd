import { destination, type Stage } from './stage-graph.ts'

/** Ids of the stages that can be entered. */
export function reachableFrom(initial: string, stages: readonly Stage[]): Set<string> {
  const exits = new Map(stages.map((stage) => [stage.id, Object.values(stage.exits).map(destination)]))
  const seen = new Set<string>()
  const open = [initial]
  while (open.length > 0) {
    const id = open.pop()!
    if (seen.has(id)) continue
    seen.add(id)
    open.push(...(exits.get(id) ?? []))
  }
  return seen
}
