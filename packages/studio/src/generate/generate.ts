import type { TreeSpec } from '@copse/engine'
import { createNoticed } from '../check/findings/noticed.ts'
import { explore } from '../check/explore/explore.ts'
import { createProgram, type Program } from '../check/program.ts'
import { edgeMissed, keyOf, walkedIn, type Missed } from '../coverage.ts'
import type { Desk } from '../desk.ts'
import { readScenarios } from '../parse-scenarios.ts'
import type { PlayedTurn } from '../play.ts'
import { edgesOf, type Edge } from '../read/edges.ts'
import { outlineOf } from '../read/outline.ts'
import { runScenarios } from '../run-scenarios.ts'
import { aimsAt } from './aims.ts'
import { fewest } from './cover.ts'
import { scenariosText } from './scenario-text.ts'
import { search, type Found, type Way } from './search.ts'

/** Scenarios that take what nothing took so far. */
export interface Generated {
  /** A file of scenarios; undefined: there is nothing to add. */
  text?: string
  scenarios: number
  edges: { all: number; before: number; now: number }
  /** Ways that none of them takes, each with the reason. */
  missed: (Missed & { why: string })[]
}

/** Turns without a new edge after which the search gives up: some seconds. */
const patience = 2_500
const mostStates = 20_000

/**
 * The fewest scenarios that take every edge of the desk's one procedure which `played` does not take. They are played
 * at the desk before they are given out; what went otherwise is left out.
 */
export async function generateScenarios(desk: Desk, played: readonly PlayedTurn[]): Promise<Generated> {
  const { id, tree: json, source, triggers } = desk.release.procedures[0]!
  const tree = json as unknown as TreeSpec
  const operations = Object.fromEntries(desk.operations.map((one) => [one.name, one]))
  const program = createProgram(tree, operations, { triggers, now: desk.startAt })
  const edges = edgesOf(tree, desk.outlines.get(id) ?? outlineOf(source)).filter(({ way }) => way !== undefined)
  const taken = exitsIn(played, id, tree)
  const open = edges.filter((edge) => !isTaken(edge, taken))
  if (open.length === 0) {
    return { scenarios: 0, edges: { all: edges.length, before: edges.length, now: edges.length }, missed: [] }
  }

  const wanted = open.map(keysOf)
  const { ways, turns } = await searchAll(desk, program, tree, open)
  const chosen = await asPlayed(fewest(ways, wanted), desk)
  const now = new Set([...taken, ...chosen.flatMap(({ exits }) => [...exits])])
  const missed = open.filter((edge) => !isTaken(edge, now))
  const why = reasonsFor(program, turns)
  return {
    ...(chosen.length === 0 ? {} : { text: scenariosText(chosen) }),
    scenarios: chosen.length,
    edges: { all: edges.length, before: edges.length - open.length, now: edges.length - missed.length },
    missed: missed.map((edge) => ({ ...edgeMissed(edge), why: why(edge) })),
  }
}

const keysOf = (edge: Edge): string[] => edge.exits.map((exit) => keyOf(edge, exit))
const isTaken = (edge: Edge, exits: ReadonlySet<string>): boolean => keysOf(edge).some((key) => exits.has(key))

const exitsIn = (played: readonly PlayedTurn[], id: string, tree: TreeSpec): ReadonlySet<string> =>
  walkedIn(
    played.filter(({ intent }) => intent === id).map(({ trace }) => trace),
    tree,
  ).exits

/** First whatever comes; then, for each condition that did not come true, with the data that makes it so. */
async function searchAll(desk: Desk, program: Program, tree: TreeSpec, edges: readonly Edge[]): Promise<Found> {
  const found = await search(desk, { program, wanted: new Map() }, tree, { wanted: edges.map(keysOf), patience })
  const isOpen = (edge: Edge): boolean => !found.ways.some(({ exits }) => isTaken(edge, exits))
  for (const edge of edges) {
    for (const wanted of aimsAt(program, edge)) {
      if (!isOpen(edge)) break
      const more = await search(desk, { program, wanted }, tree, { wanted: edges.filter(isOpen).map(keysOf), patience })
      found.ways.push(...more.ways)
      found.turns += more.turns
    }
  }
  return found
}

/** Those that go as they were found when they are played from their file. */
async function asPlayed(ways: readonly Way[], desk: Desk): Promise<Way[]> {
  if (ways.length === 0) return []
  const results = await runScenarios(readScenarios(scenariosText(ways), 'generated'), desk)
  return ways.filter((_, at) => results[at]!.failures.length === 0)
}

/** Why an edge is not taken: nobody can, or we did not find how. */
function reasonsFor(program: Program, turns: number): (edge: Edge) => string {
  const { noticed, notesAt } = createNoticed()
  const { states, isCut } = explore(program, notesAt, { states: mostStates, isOver: () => false })
  const left = new Set(states.flatMap((state) => state.edges.map(({ exit }) => `${state.stage} ${exit}`)))
  const isPossible = ({ from, exits, way }: Edge): boolean =>
    way?.path[0] === 'conditions'
      ? noticed.branches.get(from)?.has(Number(way.path[1])) === true
      : exits.some((exit) => left.has(`${from} ${exit}`))
  return (edge) =>
    isCut || isPossible(edge)
      ? `none was found in ${turns} turns: write one by hand`
      : 'no conversation can take it: `copse check` says more'
}
