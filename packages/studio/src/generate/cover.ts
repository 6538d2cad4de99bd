import type { Way } from './search.ts'

/** As few of these ways as take every edge that any of them takes: the one that takes most first, none in vain. */
export function fewest(ways: readonly Way[], wanted: readonly (readonly string[])[]): Way[] {
  const takenBy = new Map(ways.map((way) => [way, edgesOf(way, wanted)]))
  const open = new Set(ways.flatMap((way) => takenBy.get(way)!))
  const chosen: Way[] = []
  const gain = (way: Way): number => takenBy.get(way)!.filter((edge) => open.has(edge)).length
  while (open.size > 0) {
    let best: Way | undefined
    for (const way of ways) {
      if (gain(way) === 0) continue
      const better = !best || gain(way) > gain(best)
      if (better || (gain(way) === gain(best!) && way.turns.length < best!.turns.length)) best = way
    }
    chosen.push(best!)
    for (const edge of takenBy.get(best!)!) open.delete(edge)
  }
  // One that was chosen early may be covered by those after it.
  const dropped = new Set<Way>()
  return chosen.filter((way) => {
    const rest = new Set(
      chosen.filter((other) => other !== way && !dropped.has(other)).flatMap((other) => takenBy.get(other)!),
    )
    const isVain = takenBy.get(way)!.every((edge) => rest.has(edge))
    if (isVain) dropped.add(way)
    return !isVain
  })
}

const edgesOf = ({ exits }: Way, wanted: readonly (readonly string[])[]): number[] =>
  wanted.flatMap((edge, at) => (edge.some((exit) => exits.has(exit)) ? [at] : []))
