import { hasErrors, type Diagnostic } from '@copse/contracts'
import { createLowering } from '../expression/lower.ts'
import { limits } from '../limits.ts'
import type { Position } from '../position.ts'
import { compileProgram } from '../table/program.ts'
import type { TextFault } from '../table/parts.ts'
import { namesOfInputs } from '../table/scope.ts'
import { suggestion } from '../table/suggest.ts'
import { tableSpec, type Table } from '../table/table.ts'
import { checkKeys, readInput, readOutput, textAt, type Places } from './columns.ts'
import { parseDocument } from './document.ts'
import type { Item } from './item.ts'
import { Report } from './report.ts'
import { readRules } from './rules.ts'
import { policyWords } from './words.ts'

/** `placeOf` tells where a text of the table stands: `rules.3.when.1`, or the nearest part that is in the file. */
export type ParsedTable =
  | { ok: true; table: Table; diagnostics: Diagnostic[]; placeOf: (path: string) => Position }
  | { ok: false; diagnostics: Diagnostic[] }

const tableKeys = ['name', 'hit_policy', 'inputs', 'outputs', 'rules']

/** Reads a table written in YAML. Never throws, and says everything that is wrong with it at once. */
export function parseTable(yamlText: string): ParsedTable {
  const document = parseDocument(yamlText)
  if (!document.ok) return document
  const report = new Report()
  const places: Places = new Map()
  const table = readRoot(document.root, report, places)
  const placeOf = (path: string): Position => nearest(path, places) ?? document.root
  if (table) checkTexts(table, report, places, placeOf)
  const diagnostics = report.diagnostics.sort((a, b) => a.line - b.line || a.column - b.column)
  if (!table || hasErrors(diagnostics)) return { ok: false, diagnostics: diagnostics.slice(0, limits.findings) }
  return { ok: true, table, diagnostics, placeOf }
}

function nearest(path: string, places: Places): Item | undefined {
  for (let at = path; at !== ''; at = at.slice(0, Math.max(0, at.lastIndexOf('.')))) {
    const found = places.get(at)
    if (found) return found
  }
  return undefined
}

function readRoot(root: Item, report: Report, places: Places): Table | undefined {
  const item = root.kind === 'map' ? root.entries.get('table') : undefined
  if (root.kind === 'map') checkKeys(root, ['table', 'copse'], report)
  if (item?.kind !== 'map') {
    report.error('not_a_table', item ?? root, 'This is not a table.', 'Begin with `table:` and indent what follows.')
    return undefined
  }
  checkKeys(item, tableKeys, report)
  const inputs = listAt(item, 'inputs', report).map((one, index) => readInput(one, `inputs.${index}`, report, places))
  const outputs = listAt(item, 'outputs', report).map((one, index) =>
    readOutput(one, `outputs.${index}`, report, places),
  )
  const rules = readRules(item.entries.get('rules') ?? item, { inputs, outputs }, report, places)
  const draft = { name: textAt(item, 'name', report) ?? 'table', ...policyOf(item, report), inputs, outputs, rules }
  if (hasErrors(report.diagnostics)) {
    // What is there is looked at all the same: an author wants every fault at once.
    return draft
  }
  const spec = tableSpec.safeParse(draft)
  for (const issue of spec.error?.issues ?? []) {
    const [path, place] = [issue.path.join('.'), nearest(issue.path.join('.'), places) ?? item]
    report.error('table_invalid', place, `The table's ${path} ${issue.message}.`)
  }
  return spec.data
}

function policyOf(item: Item & { kind: 'map' }, report: Report) {
  const word = textAt(item, 'hit_policy', report) ?? 'unique'
  const policy = Object.hasOwn(policyWords, word) ? policyWords[word] : undefined
  if (policy) return policy
  const names = Object.keys(policyWords).filter((name) => name.length > 2)
  const fix = suggestion(word, names) ?? `Known: ${names.join(', ')}.`
  report.error('invalid_value', item.entries.get('hit_policy') ?? item, `There is no hit policy "${word}".`, fix)
  return { hitPolicy: 'unique' as const }
}

function listAt(item: Item & { kind: 'map' }, key: string, report: Report): Item[] {
  const value = item.entries.get(key)
  if (value?.kind === 'list') return value.items
  if (value) report.error('invalid_value', value, `"${key}" should be a list.`, 'Write one line for each, with `- `.')
  else report.error('missing_key', item, `"${key}" is missing.`, `Add "${key}:".`)
  return []
}

/** Reads and compiles every text, for the faults that it has. */
function checkTexts(table: Table, report: Report, places: Places, placeOf: (path: string) => Position): void {
  const names = namesOfInputs(table.inputs.map(({ expression }) => expression))
  const reportText = ({ path, text, offset, code, message, fix }: TextFault): void => {
    const item = places.get(path)
    // Only where the text stands as it was written, an offset into it is one into the file.
    const exact = item?.kind === 'text' && typeof item.style === 'string' && item.text === text && !text.includes('\n')
    const shift = exact ? offset + (item.style === 'quoted' ? 1 : 0) : 0
    const { line, column } = placeOf(path)
    report.error(code, { line, column: column + shift }, message, fix)
  }
  compileProgram(table, { names, lowering: createLowering(), strict: true, report: reportText })
}
