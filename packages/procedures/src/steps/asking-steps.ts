import type { LeafConfig } from '@copse/contracts'
import type { Target } from '../graph/stage-graph.ts'
import { unique } from './names.ts'
import type { Alternative, Neighbours } from './step.ts'

export type AskedBy = NonNullable<LeafConfig<'missing'>['askedBy']>

/**
 * The steps that ask for what a call needs, in their order, where they are several. Of several calls nobody can say which
 * of them is to be made possible.
 */
export function askingSteps(calls: readonly Alternative[], neighbours: Neighbours): AskedBy | undefined {
  const [call, another] = calls
  if (call === undefined || another !== undefined) return undefined
  const byStep = new Map<string, string[]>()
  for (const { key } of neighbours.collected) {
    const step = call.needs.includes(key) ? neighbours.asking(key) : undefined
    if (step !== undefined) byStep.set(step, [...(byStep.get(step) ?? []), key])
  }
  const exits = new Set<string>()
  const asking = [...byStep].map(([step, fields]) => ({ step, fields, exit: unique('missing', exits) }))
  return asking.length > 1 ? asking : undefined
}

/** One comes back from each of them. */
export const askingExits = (askedBy: AskedBy = []): Record<string, Target> =>
  Object.fromEntries(askedBy.map(({ step, exit }) => [exit, { to: step, return: true }]))
