import { DecisionFault } from '../table/fault.ts'
import { requiredBy, type Part, type Parts } from './parts.ts'

/**
 * Throws when a part needs itself, by way of others or directly; a function may call itself. Walks without recursion,
 * since models can be deep.
 */
export function checkCycles(parts: Parts): void {
  const done = new Set<string>()
  for (const start of parts.values()) {
    const path: { part: Part; rest: Part[] }[] = [{ part: start, rest: requiredBy(start, parts) }]
    const open = new Set([start.key])
    while (path.length > 0) {
      const last = path.at(-1) as (typeof path)[number]
      const next = last.rest.pop()
      if (!next) {
        done.add(last.part.key)
        open.delete(last.part.key)
        path.pop()
      } else if (open.has(next.key)) {
        if (next !== last.part || next.kind !== 'knowledge')
          refuse(
            path.map(({ part }) => part),
            next,
          )
      } else if (!done.has(next.key)) {
        open.add(next.key)
        path.push({ part: next, rest: requiredBy(next, parts) })
      }
    }
  }
}

function refuse(path: readonly Part[], again: Part): never {
  const names = [...path.slice(path.indexOf(again)), again].map(({ name }) => name)
  const message = `Decisions need each other in a circle: ${names.join(' → ')}.`
  throw new DecisionFault('decision_cycle', names.join('.'), message, 'Remove one of these requirements.')
}
