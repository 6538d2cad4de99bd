import { undoIn } from './leaves-in.ts'
import { destination, type Stage } from './stage-graph.ts'

/** By their places in the list: what each stage leads to, those that only take something back included. */
export function waysIn(stages: readonly Stage[]): number[][] {
  const places = new Map(stages.map(({ id }, place) => [id, place]))
  return stages.map(({ exits, node }) =>
    [...Object.values(exits).map(destination), ...undoIn(node)].flatMap((id) => places.get(id) ?? []),
  )
}

/** By its place in the list, 1 for each stage that can be entered from this one, itself included. */
export function reachableFrom(place: number, ways: readonly number[][]): Uint8Array {
  const reached = new Uint8Array(ways.length)
  reached[place] = 1
  const open = [place]
  for (const at of open)
    for (const to of ways[at] ?? []) {
      if (reached[to] === 1) continue
      reached[to] = 1
      open.push(to)
    }
  return reached
}
