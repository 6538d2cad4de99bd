import type { Json, JsonObject } from '@copse/contracts'
import type { Dialect, Report } from '../report/report.ts'
import { suggestion } from '../report/suggest.ts'
import { toJson, type Value } from './value.ts'

/** Our format says so; what does not is read in the dialect that it was written for. */
export function dialectOf(root: Value): Dialect {
  return root.kind === 'map' && root.entries.has('copse') ? 'copse' : 'p'
}

/** The `procedure:` of the file; undefined, and said why, when there is none. */
export function readRoot(root: Value, dialect: Dialect, report: Report): Json | undefined {
  if (root.kind !== 'map') {
    report.error('not_a_procedure', [], 'This is not a procedure.', {
      fix: 'Begin with `copse: 1` and `procedure:` or `flow:`.',
    })
    return undefined
  }
  const { copse, procedure, ...rest } = toJson(root) as JsonObject
  if (dialect === 'copse' && copse !== 1) {
    report.error('unknown_version', ['copse'], `There is no version ${JSON.stringify(copse)} of the format.`, {
      fix: 'Write `copse: 1`.',
    })
  }
  for (const key of Object.keys(rest)) {
    const fix = suggestion(key, ['copse', 'procedure'])
    report.lax('unknown_key', [], `"${key}" is not a key that is known here.`, { key, fix })
  }
  if (procedure === undefined) {
    report.error('not_a_procedure', [], '"procedure" is missing.', { fix: 'Put everything else under `procedure:`.' })
  }
  return procedure
}
