import { hasErrors, type Field } from '@copse/contracts'
import type { Header } from '../parse/header.ts'
import type { Report } from '../report/report.ts'
import type { Arrival, Neighbours, Step } from '../steps/step.ts'
import { arrivalsOf } from './arrivals.ts'
import { aliasesOf, checkFieldUse, rootOf, type FieldUse } from './field-use.ts'
import { reachableFrom, waysIn } from './reachable.ts'
import type { Stage, StageGraph } from './stage-graph.ts'

/** Steps that know of each other: the graph that is lowered, checked on the way. */
export function buildGraph(
  header: Header,
  steps: ReadonlyMap<string, Step>,
  use: FieldUse,
  report: Report,
): StageGraph {
  const aliases = allAliases(header, steps, use)
  const isWhole = steps.size === header.steps.length
  // A step that could not be read may be the one that writes a field.
  if (isWhole) checkFieldUse(use, header.fields, aliases, report)

  const stages = lowerSteps(steps, aliases)
  const initial = stages[0]?.id ?? ''
  // Where a target is wrong, what it was meant to lead to is not unreachable.
  if (isWhole && !hasErrors(report.diagnostics)) reportUnreachable(header, stages, report)
  return { id: header.id, version: header.version, initial, stages, aliases }
}

/** Its own, and those of its subprocedures by the names that these have here. */
export const allAliases = (
  header: Header,
  steps: ReadonlyMap<string, Step>,
  use: FieldUse,
): Record<string, string> => ({
  ...aliasesOf(header.fields, header.dialect, use),
  ...Object.assign({}, ...[...steps.values()].map(({ part }) => part?.aliases)),
})

function reportUnreachable(header: Header, stages: readonly Stage[], report: Report): void {
  const reached = reachableFrom(0, waysIn(stages))
  const ids = new Set(stages.flatMap(({ id }, place) => (reached[place] === 1 ? id : [])))
  for (const { id, path } of header.steps) {
    if (ids.has(id)) continue
    report.warning('unreachable_step', [...path, 'id'], `No step leads to "${id}".`, {
      fix: 'Lead to it, or remove it.',
    })
  }
}

function collectedBy(steps: ReadonlyMap<string, Step>): Map<string, Field> {
  const collected = new Map<string, Field>()
  for (const field of [...steps.values()].flatMap((step) => step.collects)) {
    if (!collected.has(field.key)) collected.set(field.key, field)
  }
  return collected
}

/** Whether a field is known from a tool alone. */
export function factsIn(steps: ReadonlyMap<string, Step>, aliases: Record<string, string>): (field: string) => boolean {
  const collected = collectedBy(steps)
  const fromTools = new Set(
    [...steps.values()]
      .flatMap((step) => step.alternatives)
      .flatMap(({ operation, config }) => [
        ...operation.writes.map((write) => write.field),
        ...(config.resultKey === undefined ? [] : [config.resultKey]),
      ]),
  )
  /** What a customer also says is not a fact: the collected value may be the one that is read. */
  return (field) => !collected.has(field) && fromTools.has(rootOf(aliases[field] ?? field))
}

/** How each step, and the end, is reached. `entered`: how the first one is, in a subprocedure. */
export const arrivalsIn = (
  steps: ReadonlyMap<string, Step>,
  aliases: Record<string, string>,
  entered?: Arrival,
): Map<string, Arrival> => arrivalsOf(steps, factsIn(steps, aliases), entered)

export function lowerSteps(
  steps: ReadonlyMap<string, Step>,
  aliases: Record<string, string>,
  entered?: Arrival,
): Stage[] {
  const byKey = collectedBy(steps)
  const collected = [...byKey.values()]
  const arrivals = arrivalsIn(steps, aliases, entered)
  const all = [...steps]
  return all.flatMap(([id, step], place) => {
    const neighbours: Neighbours = {
      step: (other) => steps.get(other),
      collecting: (keys) =>
        stepWith(all, (other) => other.requires.some((key) => keys.includes(key))) ??
        stepWith(all, (other) => other.collects.some(({ key }) => keys.includes(key))),
      asking(key) {
        const nearest = [...all.slice(0, place).toReversed(), ...all.slice(place + 1)]
        return (
          stepWith(nearest, (other) => other.requires.includes(key)) ??
          stepWith(nearest, (other) => other.collects.some((field) => field.key === key))
        )
      },
      fields: (keys) => keys.flatMap((key) => byKey.get(key) ?? []),
      collected,
      arrival: arrivals.get(id)!,
    }
    const { node, exits, apart = [] } = step.lower(neighbours)
    return [{ id, node: { ...node, name: id }, exits }, ...apart]
  })
}

const stepWith = (steps: readonly [string, Step][], test: (step: Step) => boolean): string | undefined =>
  steps.find(([, step]) => test(step))?.[0]
