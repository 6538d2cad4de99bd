import type { JsonObject } from '@copse/contracts'
import type { TreeSpec } from '@copse/engine'
import type { Desk } from './desk.ts'
import type { PlayedTurn } from './play.ts'
import { aimOf, edgesOf, exitsOf, isBuiltIn, type Edge } from './read/edges.ts'
import { outlineOf, type OutlinedStep } from './read/outline.ts'

/** What of a procedure was walked through. Edges that Copse adds by itself are only counted. */
export interface Coverage {
  procedure: string
  steps: Counted
  edges: Counted
  /** "I want a person", an outside that does not answer, attempts used up: those that the author says nothing about. */
  builtIn: Omit<Counted, 'missed'>
}

export interface Counted {
  covered: number
  all: number
  missed: Missed[]
}

export interface Missed {
  /** `done`, or `check → pay_back (else)`. */
  what: string
  /** Where it does not stand in the procedure itself. */
  file?: string
  line: number
  column: number
}

/** Over all these turns, whichever scenario they belong to. */
export function coverageOf(desk: Desk, turns: readonly PlayedTurn[]): Coverage[] {
  return desk.release.procedures.map(({ id, source, tree }) => {
    const spec = tree as unknown as TreeSpec
    const outline = desk.outlines.get(id) ?? outlineOf(source)
    const walked = walkedIn(
      turns.filter(({ intent }) => intent === id).map(({ trace }) => trace),
      spec,
    )
    const edges = edgesOf(spec, outline)
    const isWalked = (edge: Edge): boolean => edge.exits.some((exit) => walked.exits.has(keyOf(edge, exit)))
    const own = edges.filter(({ way }) => way !== undefined)
    const builtIn = edges.filter(({ way, from }) => way === undefined && !isBuiltIn(from))
    return {
      procedure: id,
      steps: counted(outline.steps, ({ id: step }) => walked.steps.has(step), stepMissed),
      edges: counted(own, isWalked, edgeMissed),
      builtIn: { covered: builtIn.filter(isWalked).length, all: builtIn.length },
    }
  })
}

function counted<T>(all: readonly T[], isCovered: (one: T) => boolean, missedOf: (one: T) => Missed): Counted {
  const missed = all.filter((one) => !isCovered(one))
  return { covered: all.length - missed.length, all: all.length, missed: missed.map(missedOf) }
}

const stepMissed = ({ id, line, column, file }: OutlinedStep): Missed => ({
  what: id,
  ...(file === undefined ? {} : { file }),
  line,
  column,
})

export function edgeMissed({ from, to, label, way }: Edge): Missed {
  const goal = to === '$handoff' ? 'a person' : to
  const { line, column, file } = way ?? { line: 1, column: 1 }
  return { what: `${from} → ${goal} (${label})`, ...(file === undefined ? {} : { file }), line, column }
}

/** An exit that several conditions lead to is told apart by which of them held. */
export const keyOf = ({ from, way }: Edge, exit: string): string => {
  // What takes something back is entered from the correction.
  if (way?.path[0] === 'compensate') return `$correct ${exit}`
  return way?.path[0] === 'conditions' ? `${from} ${exit} ${String(way.path[1])}` : `${from} ${exit}`
}

interface Walked {
  steps: Set<string>
  exits: Set<string>
}

export function walkedIn(traces: readonly JsonObject[][], tree: TreeSpec): Walked {
  const exits = exitsOf(tree)
  const walked: Walked = { steps: new Set(), exits: new Set() }
  for (const trace of traces) {
    let condition: number | undefined
    for (const event of trace) {
      if (event['kind'] === 'decision' && event['about'] === 'branch') condition = conditionOf(event)
      // Subtrees have transitions of their own.
      if (event['kind'] !== 'transition' || event['node'] !== tree.id) continue
      const { to, exit: left } = event as { to: string; exit: string }
      walked.steps.add(to)
      if (typeof event['from'] !== 'string') continue
      const from = event['from']
      const exit = declaredExit(exits[from] ?? {}, left, to)
      walked.exits.add(`${from} ${exit}`)
      if (condition !== undefined) walked.exits.add(`${from} ${exit} ${condition}`)
      condition = undefined
    }
  }
  return walked
}

/** Which of the conditions was true: all that were looked at are listed, and it is the last. */
function conditionOf({ chosen, why }: JsonObject): number | undefined {
  return chosen === null || chosen === 'else' || !Array.isArray(why) ? undefined : why.length - 1
}

/** An exit that nobody listens to counts as success or failure. */
function declaredExit(own: Record<string, unknown>, exit: string, to: string): string {
  if (Object.hasOwn(own, exit)) return exit
  return ['failure', 'success'].find((plain) => aimOf(own[plain] as never) === to) ?? exit
}
