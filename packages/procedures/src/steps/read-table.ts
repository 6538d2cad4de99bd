import { hasErrors, type Diagnostic, type Json } from '@copse/contracts'
import { checkTable, parseDmn, parseTable, type Table } from '@copse/decisions'
import type { Beside, Source } from '../parse/beside.ts'
import type { Path, Position } from '../parse/value.ts'
import type { Report } from '../report/report.ts'
import { suggestion } from '../report/suggest.ts'

/** A table with the places of its texts. */
interface Parsed {
  table: Table | undefined
  diagnostics: Diagnostic[]
  placeOf: (path: string) => Position
}

/**
 * Reads the table that stands in the file or in one beside it, and says what is wrong with it before any case meets it.
 * `mayMiss`: somebody says what becomes of a case that no rule is for.
 */
export function readTable(
  given: Json,
  path: Path,
  { report, beside, mayMiss }: { report: Report; beside: Beside; mayMiss: boolean },
): Table | undefined {
  if (typeof given !== 'string') return inFile(path, report, mayMiss)
  const source = beside.file(given)
  if (!source) {
    const fix = suggestion(given, beside.files()) ?? 'Put a .table.yaml or a .dmn beside this file, and write its name.'
    report.error('unknown_table', path, `There is no table "${given}" beside this file.`, { fix })
    return undefined
  }
  const parsed = given.endsWith('.dmn') ? fromDmn(source) : fromYaml(source.text)
  return reported(parsed, mayMiss, (one) => report.add({ ...one, file: source.file }, path))
}

function inFile(path: Path, report: Report, mayMiss: boolean): Table | undefined {
  const text = report.block(path)
  if (text !== undefined) return reported(fromYaml(text), mayMiss, (one) => report.add(one, path))
  report.error('table_invalid', path, 'The table does not stand on lines of its own.', {
    fix: 'Write `table:` and indent its `inputs:`, `outputs:` and `rules:` below; or write the name of a file.',
  })
  return undefined
}

function reported(
  { table, diagnostics, placeOf }: Parsed,
  mayMiss: boolean,
  add: (one: Diagnostic) => void,
): Table | undefined {
  for (const one of diagnostics) add(one)
  if (!table || hasErrors(diagnostics)) return undefined
  let isSound = true
  for (const { code, message, path = '' } of checkTable(table).findings) {
    if (code === 'gap' && mayMiss) continue
    const { line, column } = placeOf(path)
    const isUnread = code === 'cell_invalid' || code === 'cell_too_large' || code === 'unknown_name'
    isSound &&= !isUnread
    const severity = isUnread ? ('error' as const) : ('warning' as const)
    const fix = code === 'gap' ? { fix: gapFix } : {}
    add({ code: `table_${code}`, severity, message: `${cellOf(path)}${message}`, ...fix, line, column })
  }
  return isSound ? table : undefined
}

const gapFix = 'Or say by `on_none:` where it goes on then: now that is where `on_failure` leads, else a person.'

/** `rules.3.when.1` is row 4, column 2. */
function cellOf(path: string): string {
  const [, row, part, column] = /^rules\.(\d+)\.(when|yields)\.(\d+)$/.exec(path) ?? []
  if (row === undefined) return ''
  return `Row ${Number(row) + 1}, ${part === 'when' ? 'input' : 'output'} ${Number(column) + 1}: `
}

function fromYaml(text: string): Parsed {
  const parsed = parseTable(text)
  const { diagnostics } = parsed
  return parsed.ok
    ? { table: parsed.table, diagnostics, placeOf: parsed.placeOf }
    : { table: undefined, diagnostics, placeOf: () => start }
}

const start: Position = { line: 1, column: 1 }

/** A model may hold much more than a table; here it is one that stands by itself. */
function fromDmn({ text }: Source): Parsed {
  const parsed = parseDmn(text)
  if (!parsed.ok) return { table: undefined, diagnostics: parsed.diagnostics, placeOf: () => start }
  const { decisions } = parsed.model
  const [only, ...more] = decisions
  if (only?.logic?.box === 'table' && more.length === 0) {
    const { table } = only.logic
    return { table, diagnostics: parsed.diagnostics, placeOf: (path) => parsed.places.get(table)?.(path, 0) ?? start }
  }
  const message =
    decisions.length > 1
      ? `This model holds ${decisions.length} decisions, and a step takes one.`
      : 'This model holds no decision table.'
  const fix = 'Keep one decision with a table in the file.'
  return {
    table: undefined,
    diagnostics: [...parsed.diagnostics, { code: 'table_invalid', severity: 'error', message, fix, ...start }],
    placeOf: () => start,
  }
}
