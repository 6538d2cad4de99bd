import type { Diagnostic } from '@copse/contracts'
import { nearestTo, valueAt, type Path, type Position, type Value } from '../parse/value.ts'

export type Dialect = 'copse' | 'p'

/** Collects what is to be said about a file: all of it, each with its place. */
export interface Report {
  readonly diagnostics: Diagnostic[]
  error(code: string, path: Path, message: string, options?: Details): void
  warning(code: string, path: Path, message: string, options?: Details): void
  /** An error in our format; what dialect P relaxes, so only a warning there. */
  lax(code: string, path: Path, message: string, options?: Details): void
}
export interface Details {
  fix?: string | undefined
  /** Point at this key of the mapping rather than at the mapping. */
  key?: string
  /** Place within the text at the path. */
  within?: Position
}

export function createReport(root: Value, dialect: Dialect, file?: string): Report {
  const diagnostics: Diagnostic[] = []
  const add = (severity: Diagnostic['severity'], code: string, path: Path, message: string, options: Details = {}) => {
    const { line, column } = placeOf(root, path, options)
    diagnostics.push({
      code,
      severity,
      message,
      ...(options.fix === undefined ? {} : { fix: options.fix }),
      ...(file === undefined ? {} : { file }),
      line,
      column,
      path: pathText(root, options.key === undefined ? path : [...path, options.key]),
    })
  }
  return {
    diagnostics,
    error: (...given) => add('error', ...given),
    warning: (...given) => add('warning', ...given),
    lax: (...given) => add(dialect === 'copse' ? 'error' : 'warning', ...given),
  }
}

function placeOf(root: Value, path: Path, { key, within }: Details): Position {
  const value = nearestTo(root, path)
  const keyPlace = key !== undefined && value.kind === 'map' ? value.entries.get(key)?.key : undefined
  if (keyPlace) return keyPlace
  if (!within || value.kind !== 'scalar' || value.textOffset === undefined || within.line !== 1) return value
  return { line: value.line, column: value.column + value.textOffset + within.column - 1 }
}

/** `steps.check_status.conditions.1`: a step goes by its id. */
function pathText(root: Value, path: Path): string {
  const parts = path.map((part, index) => {
    if (index !== 2 || path[1] !== 'steps') return String(part)
    const id = valueAt(root, [...path.slice(0, 3), 'id'])
    return id?.kind === 'scalar' && typeof id.value === 'string' ? id.value : String(part)
  })
  return (parts[0] === 'procedure' ? parts.slice(1) : parts).join('.')
}
