import { Fault } from '@copse/contracts'
import { createReport, fit, parseDocument, suggestion, toJson, type Position, type Value } from '@copse/procedures'
import type { z } from 'zod'

const mostFaults = 50

/**
 * What authors write beside a procedure, read within the same limits of size and depth. Throws `config_invalid` with a
 * line `file:line:column what` for everything that does not fit.
 */
export function readYaml<T>(text: string, file: string, shape: z.ZodType<T>): { root: Value; value: T } {
  const { root, faults } = parseDocument(text)
  if (!root || faults.length > 0) throw invalid(file, faults)
  const report = createReport(root, 'copse', file)
  const value = fit(shape, toJson(root), [], report)
  if (value === undefined || report.diagnostics.length > 0) throw invalid(file, report.diagnostics)
  return { root, value }
}

function invalid(file: string, faults: readonly (Position & { message: string; fix?: string })[]): Fault {
  const lines = faults
    .slice(0, mostFaults)
    .map(({ line, column, message, fix }) => `${file}:${line}:${column} ${message}${fix ? ` ${fix}` : ''}`)
  return new Fault('config_invalid', { detail: lines.join('\n') })
}

/** Says that a name is not there, and which one was probably meant. */
export function unknownName(what: string, name: string, known: Iterable<string>): string {
  const fix = suggestion(name, known)
  return `there is no ${what} "${name}".${fix ? ` ${fix}` : ''}`
}
