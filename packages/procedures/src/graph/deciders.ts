import { endTarget, handoffStage, type Stage } from './stage-graph.ts'

/**
 * For each of these stages, the stages that decide whether it comes at all: from some of their ways on it can, or must, be
 * reached, and from others not. Endings that Copse adds to every procedure are no ways on.
 */
export function decidersOf(stages: readonly Stage[], of: readonly string[]): Map<string, string[]> {
  if (of.length === 0) return new Map()
  const ways = new Map(stages.map(({ id, exits }) => [id, waysOn(exits)]))
  const before = new Map<string, string[]>()
  for (const [id, next] of ways)
    for (const to of next) {
      const known = before.get(to)
      if (known) known.push(id)
      else before.set(to, [id])
    }
  const forks = [...ways].filter(([, next]) => next.length > 1)
  // The way ends as well where a person goes on.
  const ends = [endTarget, handoffStage, ...[...ways].flatMap(([id, next]) => (next.length === 0 ? [id] : []))]
  return new Map(
    of.map((id) => {
      const can = leadingTo([id], before)
      // With the stage itself taken out: who still comes to an end may pass it by.
      const may = leadingTo(ends, before, id)
      const reach = (to: string) => (can.has(to) ? (may.has(to) ? 'can' : 'must') : 'cannot')
      const decides = ([decider, [first = '', ...others]]: [string, string[]]): boolean =>
        decider !== id && others.some((to) => reach(to) !== reach(first))
      return [id, forks.filter(decides).map(([decider]) => decider)]
    }),
  )
}

function waysOn(exits: Stage['exits']): string[] {
  // A step that only chooses goes to a person where its author says so; others also where nobody says anything.
  const isMeant = (exit: string): boolean => exit !== 'failure' && !Object.hasOwn(exits, 'success')
  const ways = Object.entries(exits).flatMap(([exit, to]) =>
    typeof to === 'string' && (!to.startsWith('$') || (to === handoffStage && isMeant(exit))) ? [to] : [],
  )
  return [...new Set(ways)]
}

/** They themselves included; not by way of `without`. */
function leadingTo(
  those: readonly string[],
  before: ReadonlyMap<string, string[]>,
  without?: string,
): ReadonlySet<string> {
  const seen = new Set(those.filter((id) => id !== without))
  for (const id of seen) for (const one of before.get(id) ?? []) if (one !== without) seen.add(one)
  return seen
}
