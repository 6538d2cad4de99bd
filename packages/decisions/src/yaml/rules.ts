import { limits } from '../limits.ts'
import type { Rule, Table } from '../table/table.ts'
import { testText, valueText } from './cells.ts'
import type { Places } from './columns.ts'
import type { Item } from './item.ts'
import { readGrid, type GridCell, type GridRow } from './grid.ts'
import type { Report } from './report.ts'

type Columns = Pick<Table, 'inputs' | 'outputs'>

/** A list of lists, or a grid drawn with `|`. */
export function readRules(item: Item, columns: Columns, report: Report, places: Places): Rule[] {
  if (item.kind === 'map') {
    report.error('missing_key', item, '"rules" is missing.', 'Add "rules:" and a line for each rule.')
    return []
  }
  const rows = item.kind === 'list' ? item.items.map((row) => listRow(row, report)) : gridRows(item, columns)
  if (rows.length > limits.rules) report.error('too_large', item, `There are more than ${limits.rules} rules.`)
  const rules: Rule[] = []
  for (const [index, row] of rows.slice(0, limits.rules).entries()) {
    if (isWhole(row, index, columns, report)) rules.push(readRule(row, `rules.${rules.length}`, columns, places))
  }
  return rules
}

function listRow(item: Item, report: Report): GridRow {
  if (item.kind !== 'list') {
    report.error(
      'invalid_value',
      item,
      'A rule is a list of cells.',
      'Write it in [ ], or draw a grid with `rules: |`.',
    )
    return { line: item.line, column: item.column, cells: [] }
  }
  const cells = item.items.map((cell) => {
    if (cell.kind === 'list' || cell.kind === 'map') {
      report.error(
        'cell_invalid',
        cell,
        'YAML takes this cell for something of its own.',
        'Put quotes around the cell.',
      )
    }
    const text = cell.kind === 'text' ? cell.text.trim() : '-'
    const style = cell.kind === 'text' ? cell.style : 'plain'
    return { text, line: cell.line, column: cell.column, style }
  })
  return { line: item.line, column: item.column, cells }
}

/** The text of a block begins in the line below its `|`, two columns further in at least. */
function gridRows(item: Item & { kind: 'text' }, { inputs, outputs }: Columns): GridRow[] {
  const rows = readGrid(item.text, {
    line: item.line + 1,
    column: typeof item.style === 'object' ? item.style.blockColumn : item.column,
  })
  const heads = [...inputs.map(({ name, expression }) => [name, expression]), ...outputs.map(({ name }) => [name])]
  const [first] = rows
  const isHead = first?.cells.length === heads.length && first.cells.every(({ text }, i) => heads[i]?.includes(text))
  return isHead ? rows.slice(1) : rows
}

function isWhole({ cells, ...place }: GridRow, index: number, columns: Columns, report: Report): boolean {
  const wanted = columns.inputs.length + columns.outputs.length
  for (const cell of cells) {
    if (cell.text === '')
      report.error('cell_invalid', cell, 'The cell is empty.', 'Write `-` for any value, or `null`.')
  }
  if (cells.length === wanted) return true
  if (cells.length === 0) return false
  const message = `Rule ${index + 1} has ${cells.length} cells, but there are ${wanted} columns.`
  report.error('cells_missing', place, message, 'Write `-` for an input that does not matter.')
  return false
}

function readRule(row: GridRow, path: string, { inputs, outputs }: Columns, places: Places): Rule {
  const textAt = (at: number, part: string): string => {
    const cell = row.cells[at] as GridCell
    places.set(`${path}.${part}`, { kind: 'text', ...cell })
    return cell.text || '-'
  }
  places.set(path, { kind: 'text', text: '', style: 'plain', line: row.line, column: row.column })
  return {
    when: inputs.map(({ type }, at) => testText(textAt(at, `when.${at}`), type)),
    yields: outputs.map(({ type }, at) => valueText(textAt(inputs.length + at, `yields.${at}`), type)),
  }
}
