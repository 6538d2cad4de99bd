import { hasErrors, type Diagnostic } from '@copse/contracts'
import { treeHash, type TreeSpec } from '@copse/engine'
import { buildGraph } from './graph/build.ts'
import { createFieldUse } from './graph/field-use.ts'
import { lower } from './lower/tree.ts'
import { parseDocument } from './parse/document.ts'
import { readHeader, type Header } from './parse/header.ts'
import { dialectOf, readRoot } from './parse/root.ts'
import type { Value } from './parse/value.ts'
import { createReport, type Dialect, type Report } from './report/report.ts'
import { suggestion } from './report/suggest.ts'
import type { Catalogue } from './steps/context.ts'
import { readSteps } from './steps/read.ts'

export interface Procedure {
  id: string
  name: string
  version: string
  description: string
  /** Phrases of a message that opens this procedure. */
  triggers: string[]
  tree: TreeSpec
  treeHash: string
  dialect: Dialect
}
/** Diagnostics are warnings when it compiled; else at least one is an error. */
export type Compilation =
  | { ok: true; procedure: Procedure; diagnostics: Diagnostic[] }
  | { ok: false; diagnostics: Diagnostic[] }

/** A file that is wrong throughout needs no longer list. */
const maxDiagnostics = 500

/** Text → values with places → steps → stages → tree. Reports every fault it finds, and never throws. */
export function compileProcedure(source: string, catalogue: Catalogue, options: { file?: string } = {}): Compilation {
  const { root, faults } = parseDocument(source)
  const file = options.file === undefined ? {} : { file: options.file }
  const syntax = faults.map((fault) => ({ severity: 'error' as const, ...file, ...fault }))
  if (!root) return { ok: false, diagnostics: syntax }

  const { diagnostics, tree, header } = compileValue(root, catalogue, options.file)
  const found = [...syntax, ...diagnostics].sort((a, b) => a.line - b.line || a.column - b.column)
  const all = found.slice(0, maxDiagnostics)
  if (!tree || !header || hasErrors(found)) return { ok: false, diagnostics: all }
  const { id, name, version, description, triggers, dialect } = header
  const procedure = { id, name, version, description, triggers, tree, treeHash: treeHash(tree), dialect }
  return { ok: true, procedure, diagnostics: all }
}

function compileValue(root: Value, catalogue: Catalogue, file: string | undefined) {
  const dialect = dialectOf(root)
  const report = createReport(root, dialect, file)
  const header = readHeader(readRoot(root, dialect, report), dialect, report)
  if (!header) return { diagnostics: report.diagnostics }
  checkTools(header, catalogue, report)
  const use = createFieldUse(Object.values(catalogue.operations))
  const steps = readSteps(header, catalogue, use, report)
  const graph = buildGraph(header, steps, use, report)
  return { diagnostics: report.diagnostics, header, tree: lower(graph) }
}

/** Dialect P lists the operations it uses. One that nobody offers matters only where a step calls it. */
function checkTools(header: Header, catalogue: Catalogue, report: Report): void {
  for (const [index, name] of header.tools.entries()) {
    if (Object.hasOwn(catalogue.operations, name)) continue
    const fix = suggestion(name, Object.keys(catalogue.operations))
    report.warning('unknown_operation', ['procedure', 'available_tools', index], `No connector offers "${name}".`, {
      fix,
    })
  }
}
