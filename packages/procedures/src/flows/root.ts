import type { Json, JsonObject } from '@copse/contracts'
import { toJson, type Path, type Value } from '../parse/value.ts'
import type { Dialect, Report } from '../report/report.ts'
import { suggestion } from '../report/suggest.ts'

/** States and not steps; a file that has both is taken for a procedure. */
export function isFlow(root: Value): boolean {
  if (root.kind !== 'map' || root.entries.has('procedure')) return false
  return ['flow', 'states', 'initial_state'].some((key) => root.entries.has(key))
}

/** The flow of the file: under `flow:`, or the whole of it. */
export function readFlowRoot(root: Value, dialect: Dialect, report: Report): { json: Json; base: Path } | undefined {
  const { copse, ...rest } = toJson(root) as JsonObject
  if (dialect === 'copse' && copse !== 1) {
    report.error('unknown_version', ['copse'], `There is no version ${JSON.stringify(copse)} of the format.`, {
      fix: 'Write `copse: 1`.',
    })
  }
  const { flow, ...more } = rest
  if (flow === undefined) return { json: rest, base: [] }
  for (const key of Object.keys(more)) {
    const fix = suggestion(key, ['copse', 'flow']) ?? 'Put it under `flow:`.'
    report.lax('unknown_key', [], `"${key}" is not a key that is known here.`, { key, fix })
  }
  return { json: flow, base: ['flow'] }
}
