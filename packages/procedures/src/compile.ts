import { hasErrors, type Diagnostic } from '@copse/contracts'
import { treeHash, type TreeSpec } from '@copse/engine'
import { buildGraph } from './graph/build.ts'
import { withCorrections } from './graph/corrections.ts'
import { withGlobals } from './graph/globals.ts'
import type { StageGraph } from './graph/stage-graph.ts'
import { readFlow, type Flow } from './flows/flow.ts'
import { isFlow, readFlowRoot } from './flows/root.ts'
import { createFieldUse, noteWrite, type FieldUse } from './graph/field-use.ts'
import { lower } from './lower/tree.ts'
import { parseDocument } from './parse/document.ts'
import { readHeader, type Header } from './parse/header.ts'
import { kindOf } from './parse/ports.ts'
import { dialectOf, readRoot } from './parse/root.ts'
import type { Value } from './parse/value.ts'
import { createReport, type Dialect, type Report } from './report/report.ts'
import { suggestion } from './report/suggest.ts'
import { createContext, type Catalogue, type Opened } from './steps/context.ts'
import { createParts, type PartSource, type Read } from './steps/part.ts'
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
  /** Written as states: it takes the new messages that nobody's triggers claim. */
  kind?: 'flow'
}
/** Diagnostics are warnings when it compiled; else at least one is an error. */
export type Compilation =
  | { ok: true; procedure: Procedure; diagnostics: Diagnostic[]; composed: Composed }
  | { ok: false; diagnostics: Diagnostic[] }

/** How procedures are put together. */
export interface Composed {
  /** It is there for others to use: no customer begins it, so no release holds it. */
  isSubprocedure: boolean
  /** What it uses. */
  parts: PartSource[]
}

/** A file that is wrong throughout needs no longer list. */
const maxDiagnostics = 500

/** Text → values with places → steps → stages → tree. Reports every fault it finds, and never throws. */
export function compileProcedure(source: string, catalogue: Catalogue, options: { file?: string } = {}): Compilation {
  const { root, faults } = parseDocument(source)
  const file = options.file === undefined ? {} : { file: options.file }
  const syntax = faults.map((fault) => ({ severity: 'error' as const, ...file, ...fault }))
  if (!root) return { ok: false, diagnostics: syntax }

  const { diagnostics, tree, header, composed = alone } = compileValue(root, catalogue, options.file, source)
  const found = [...syntax, ...diagnostics].sort((a, b) => a.line - b.line || a.column - b.column)
  const all = found.slice(0, maxDiagnostics)
  if (!tree || !header || hasErrors(found)) return { ok: false, diagnostics: all }
  const { id, name, version, description, triggers, dialect, kind } = header
  const procedure = {
    id,
    name,
    version,
    description,
    triggers,
    tree,
    treeHash: treeHash(tree),
    dialect,
    ...(kind === undefined ? {} : { kind }),
  }
  return { ok: true, procedure, diagnostics: all, composed }
}

const alone: Composed = { isSubprocedure: false, parts: [] }

type Head = Omit<Procedure, 'tree' | 'treeHash'>

function compileValue(
  root: Value,
  catalogue: Catalogue,
  file: string | undefined,
  source: string,
): { diagnostics: Diagnostic[]; header?: Head; tree?: TreeSpec | undefined; composed?: Composed } {
  return isFlow(root) ? compileStates(root, catalogue, file) : compileSteps(root, catalogue, file, source)
}

function compileStates(root: Value, catalogue: Catalogue, file: string | undefined) {
  const dialect: Dialect = dialectOf(root) === 'copse' ? 'copse' : 'f'
  const report = createReport(root, dialect, file)
  const found = readFlowRoot(root, dialect, report)
  const flow: Flow | undefined = found && readFlow(found.json, found.base, dialect, catalogue, report)
  if (!flow) return { diagnostics: report.diagnostics }
  const { tree, ...head } = flow
  return { diagnostics: report.diagnostics, header: { ...head, dialect, kind: 'flow' as const }, tree }
}

function compileSteps(root: Value, catalogue: Catalogue, file: string | undefined, source: string) {
  const report = createReport(root, dialectOf(root), file, source)
  const parts = createParts(catalogue, readProcedure)
  const read = readProcedure(root, report, parts.opened(file ?? 'this file'))
  if (!read) return { diagnostics: [...report.diagnostics, ...parts.found] }
  const { header, steps, use } = read
  const graph = buildGraph(header, steps, use, report)
  const isSubprocedure = Object.keys({ ...header.inputs, ...header.outputs }).length > 0 && header.triggers.length === 0
  return {
    diagnostics: [...report.diagnostics, ...withoutRepeats(parts.found)],
    header,
    tree: lower(wholeOf(graph, header, catalogue)),
    composed: { isSubprocedure, parts: parts.sources },
  }
}

/** The steps, and what customers can say beside the answers to them. */
function wholeOf(graph: StageGraph, { globals = {}, language }: Header, { operations }: Catalogue): StageGraph {
  const isCorrected = globals.corrections === undefined || typeof globals.corrections === 'object'
  return withGlobals(isCorrected ? withCorrections(graph, operations) : graph, globals, language)
}

/** What is used twice is read twice. */
const withoutRepeats = (found: readonly Diagnostic[]): Diagnostic[] => [
  ...new Map(found.map((one) => [JSON.stringify(one), one])).values(),
]

function readProcedure(root: Value, report: Report, catalogue: Opened): Read | undefined {
  const dialect = dialectOf(root)
  const header = readHeader(readRoot(root, dialect, report), dialect, report)
  if (!header) return undefined
  checkTools(header, catalogue, report)
  const use = createFieldUse(Object.values(catalogue.operations))
  for (const [name, { type }] of Object.entries(header.inputs)) noteWrite(use, name, kindOf(type))
  const steps = readSteps({ ...header, triggers: [...catalogue.triggers, ...header.triggers] }, catalogue, use, report)
  checkGlobals(header, catalogue, use, report)
  checkPorts(header, use, report)
  return { header, steps, use, report }
}

/** Fields that its words fill in. */
function checkGlobals(header: Header, catalogue: Opened, use: FieldUse, report: Report): void {
  const head = { id: '', action: '', json: {}, path: ['procedure', 'globals'] }
  const context = createContext(head, header, catalogue, use, report)
  for (const [name, own] of Object.entries(header.globals ?? {}))
    if (typeof own === 'object' && 'say' in own) context.say(own.say, [name, 'say'])
}

/** What a subprocedure gives is written by one of its steps; and who starts it by words gives it nothing. */
function checkPorts({ inputs, outputs, triggers }: Header, use: FieldUse, report: Report): void {
  for (const [name, { type }] of Object.entries(outputs)) {
    const path = ['procedure', 'outputs', name]
    use.reads.push({ field: name, path })
    use.expects.push({ field: name, kind: kindOf(type), path })
  }
  const [needed] = Object.entries(inputs).find(([, { required }]) => required) ?? []
  if (needed === undefined || triggers.length === 0) return
  const message = `Nobody gives "${needed}" to what a customer starts.`
  report.error('input_not_given', ['procedure', 'inputs', needed], message, {
    fix: 'Write `required: false` here, or remove the triggers.',
  })
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
