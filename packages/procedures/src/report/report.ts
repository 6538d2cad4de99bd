import type { Diagnostic } from '@copse/contracts'
import { nearestTo, valueAt, type Path, type Position, type Value } from '../parse/value.ts'

export type Dialect = 'copse' | 'p' | 'f'

/** Collects what is to be said about a file: all of it, each with its place. */
export interface Report {
  readonly diagnostics: Diagnostic[]
  error(code: string, path: Path, message: string, options?: Details): void
  warning(code: string, path: Path, message: string, options?: Details): void
  /** An error in our format; what dialects P and F relax, so only a warning there. */
  lax(code: string, path: Path, message: string, options?: Details): void
  /** Where something stands. */
  placeOf(path: Path): Position
  /** The text of a block as it stands in the file, on its lines and in its columns, so that who reads it finds places. */
  block(path: Path): string | undefined
  /** What another reader has to say, with places of its own. */
  add(found: Diagnostic, path: Path): void
}
export interface Details {
  /** To be looked for where that takes time: nobody reads the fixes of a file that is wrong throughout. */
  fix?: string | (() => string | undefined) | undefined
  /** Point at this key of the mapping rather than at the mapping. */
  key?: string
  /** Place within the text at the path. */
  within?: Position
}

const mostFixes = 100
/** Names of the author stand in what is said, and they can be a whole file. */
const longestText = 500

export function createReport(root: Value, dialect: Dialect, file?: string, source = ''): Report {
  const diagnostics: Diagnostic[] = []
  const add = (severity: Diagnostic['severity'], code: string, path: Path, message: string, options: Details = {}) => {
    const { line, column } = placeOf(root, path, options)
    const fix = typeof options.fix === 'function' && diagnostics.length < mostFixes ? options.fix() : options.fix
    diagnostics.push({
      code,
      severity,
      message: brief(message),
      ...(typeof fix === 'string' ? { fix: brief(fix) } : {}),
      ...(file === undefined ? {} : { file }),
      line,
      column,
      path: brief(pathText(root, options.key === undefined ? path : [...path, options.key])),
    })
  }
  return {
    diagnostics,
    error: (...given) => add('error', ...given),
    warning: (...given) => add('warning', ...given),
    lax: (...given) => add(dialect === 'copse' ? 'error' : 'warning', ...given),
    placeOf: (path) => placeOf(root, path, {}),
    block: (path) => blockOf(root, path, source),
    add: (found, path) =>
      void diagnostics.push({ ...(file === undefined ? {} : { file }), ...found, path: pathText(root, path) }),
  }
}

function placeOf(root: Value, path: Path, { key, within }: Details): Position {
  const value = nearestTo(root, path)
  const keyPlace = key !== undefined && value.kind === 'map' ? value.entries.get(key)?.key : undefined
  if (keyPlace) return keyPlace
  if (!within || value.kind !== 'scalar' || value.textOffset === undefined || within.line !== 1) return value
  return { line: value.line, column: value.column + value.textOffset + within.column - 1 }
}

/** Undefined where it does not stand on lines of its own. */
function blockOf(root: Value, path: Path, source: string): string | undefined {
  const around = valueAt(root, path.slice(0, -1))
  const entry = around?.kind === 'map' ? around.entries.get(String(path.at(-1))) : undefined
  if (!entry || entry.value.line === entry.key.line) return undefined
  const { line, column } = entry.key
  const lines = source.split('\n')
  const isOutside = (text: string): boolean => text.trim() !== '' && text.search(/\S/) < column
  const rest = lines.slice(line)
  const end = rest.findIndex(isOutside)
  const first = ' '.repeat(column - 1) + (lines[line - 1] ?? '').slice(column - 1)
  return [...Array<string>(line - 1).fill(''), first, ...(end < 0 ? rest : rest.slice(0, end))].join('\n')
}

export const brief = (text: string): string => (text.length > longestText ? `${text.slice(0, longestText - 1)}…` : text)

/** `steps.check_status.conditions.1`: a step goes by its id. */
function pathText(root: Value, path: Path): string {
  const parts = path.map((part, index) => {
    if (index !== 2 || path[1] !== 'steps') return String(part)
    const id = valueAt(root, [...path.slice(0, 3), 'id'])
    return id?.kind === 'scalar' && typeof id.value === 'string' ? id.value : String(part)
  })
  return (parts[0] === 'procedure' || parts[0] === 'flow' ? parts.slice(1) : parts).join('.')
}
