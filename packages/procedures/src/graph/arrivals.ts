import { failTarget, returnTarget } from './stage-graph.ts'
import type { Arrival, Step } from '../steps/step.ts'

/**
 * Follows what a model chose, and where silence leads, through the graph until a condition on what tools found, or a customer's choice, decides
 * anew. `isFact` tells whether a field is known from a tool rather than from what somebody said; `entered`, how a subprocedure
 * was, whose own ends are followed too.
 */
export function arrivalsOf(
  steps: ReadonlyMap<string, Step>,
  isFact: (field: string) => boolean,
  entered: Arrival | undefined,
): Map<string, Arrival> {
  const places = [...steps.keys(), returnTarget, failTarget]
  const ways = new Map(places.map((id) => [id, new Set<string>()]))
  const after = new Set<string>()
  const open: string[] = []
  const [first] = steps.keys()
  if (entered && first !== undefined) {
    if (entered.option) ways.get(first)!.add('option')
    if (entered.option && entered.only === undefined) ways.get(first)!.add('flow')
    if (entered.classified) ways.get(first)!.add('classification')
    if (entered.afterClassification) after.add(first)
    if (entered.classified || entered.afterClassification) open.push(first)
  }
  for (const step of steps.values()) {
    for (const { to, by } of step.leads) {
      ways.get(to)?.add(by)
      if (by === 'classification' || by === 'silence') open.push(to)
    }
  }
  const visited = new Set<string>()
  while (open.length > 0) {
    const id = open.pop() as string
    if (visited.has(id)) continue
    visited.add(id)
    for (const { to, by, fields } of steps.get(id)?.leads ?? []) {
      const decidedAnew = by === 'option' || by === 'classification' || (by === 'condition' && fields?.some(isFact))
      if (decidedAnew) continue
      after.add(to)
      open.push(to)
    }
  }
  return new Map(
    [...ways].map(([id, by]) => [
      id,
      {
        option: by.has('option'),
        classified: by.has('classification') || by.has('silence'),
        afterClassification: after.has(id),
        only: by.has('option') && by.size === 1 ? 'option' : undefined,
      },
    ]),
  )
}
