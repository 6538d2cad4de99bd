import type { Json } from '@copse/contracts'
import type { Condition } from '@copse/conditions'
import { ask } from '../check/domain/ask.ts'
import { questionsOf } from '../check/domain/condition-fields.ts'
import { missing, type Data, type Domain } from '../check/domain/domain.ts'
import { isOf, leavesIn } from '../check/leaf.ts'
import type { Program } from '../check/program.ts'
import type { Edge } from '../read/edges.ts'

/** Parts of data that make one condition true in different ways: so many are tried. */
const mostAims = 4

/** Values that let a decision leave along this edge: none of the conditions before holds, and its own does. */
export function aimsAt(
  { stages, domain, condition, resolve }: Program,
  { from, way }: Edge,
): ReadonlyMap<string, Json>[] {
  const stage = stages.get(from)
  const decide = stage && leavesIn(stage.id, stage.node).find((leaf) => isOf(leaf, 'decide'))
  if (!decide || !isOf(decide, 'decide') || !way) return []
  const { branches } = decide.config
  const isBranch = way.path[0] === 'conditions'
  const until = isBranch ? Number(way.path[1]) : branches.length
  const known: Data = domain.fields.map(({ all }) => all & ~missing)
  let open = [known]
  for (const { when } of branches.slice(0, until))
    open = open.flatMap((data) => ask(domain, condition(when), data).flatMap((fork) => (fork.holds ? [] : [fork.data])))
  const own = branches[until]
  const holding = own
    ? open.flatMap((data) => ask(domain, condition(own.when), data).flatMap((fork) => (fork.holds ? [fork.data] : [])))
    : open
  const aims = holding.map((data) => samplesOf(domain, known, data)).filter((aim) => aim.size > 0)
  return [...(own ? spelledOut(condition(own.when), resolve) : []), ...aims].slice(0, mostAims)
}

/** The words that a condition looks for: there may be more of them than its field is cut by. */
const spelledOut = (condition: Condition, resolve: (name: string) => string): ReadonlyMap<string, Json>[] =>
  questionsOf(condition)
    .flatMap((question) =>
      question.op === 'contains' && typeof question.value === 'string'
        ? [new Map([[resolve(question.field), question.value]])]
        : [],
    )
    .slice(0, 1)

/** Of each field that was narrowed, a value of what is left. */
const samplesOf = (domain: Domain, known: Data, data: Data): ReadonlyMap<string, Json> =>
  new Map(
    domain.fields.flatMap(({ path, index, cells }): [string, Json][] => {
      const mask = data[index]!
      const cell = mask === known[index] ? -1 : cells.findIndex((_, at) => (mask >> BigInt(at)) & 1n)
      return cell < 0 ? [] : [[path, cells[cell]!.sample as Json]]
    }),
  )
