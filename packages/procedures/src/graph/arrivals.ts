import type { Arrival, Step } from '../steps/step.ts'

/**
 * Follows what a model chose, and where silence leads, through the graph until a condition on what tools found, or a customer's choice, decides
 * anew. `isFact` tells whether a field is known from a tool rather than from what somebody said.
 */
export function arrivalsOf(steps: ReadonlyMap<string, Step>, isFact: (field: string) => boolean): Map<string, Arrival> {
  const ways = new Map<string, Set<string>>([...steps.keys()].map((id) => [id, new Set<string>()]))
  const after = new Set<string>()
  const open: string[] = []
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
