import type { Position } from '../position.ts'

import type { Style } from './item.ts'

/** A cell of a rule as the author wrote it. */
export interface GridCell extends Position {
  text: string
  style: Style
}

export interface GridRow extends Position {
  cells: GridCell[]
}

/**
 * Rules drawn as a grid: one per line, cells between `|`; `||` may stand between inputs and outputs. Lines that are
 * empty, begin with `#` or hold nothing but `-`, `|` and `+` are for the eye.
 */
export function readGrid(text: string, first: Position): GridRow[] {
  return text.split('\n').flatMap((line, index): GridRow[] => {
    const place = { line: first.line + index, column: first.column }
    const isDrawn = /^[\s|+-]*$/.test(line) && /\|.*-{2,}|-{2,}.*\|/.test(line)
    if (line.trim() === '' || line.trim().startsWith('#') || isDrawn) return []
    return [{ ...place, cells: cellsOf(line, place) }]
  })
}

function cellsOf(line: string, { line: row, column }: Position): GridCell[] {
  const cells: GridCell[] = []
  let start = 0
  let quoted = false
  const end = (at: number): void => {
    const raw = line.slice(start, at)
    const lead = raw.length - raw.trimStart().length
    cells.push({ text: raw.trim(), line: row, column: column + start + lead, style: 'plain' })
  }
  for (let at = 0; at < line.length; at++) {
    if (line[at] === '\\' && quoted) at += 1
    else if (line[at] === '"') quoted = !quoted
    else if (line[at] === '|' && !quoted) {
      end(at)
      if (line[at + 1] === '|') at += 1
      start = at + 1
    }
  }
  end(line.length)
  // Bars at both ends of a line are a frame.
  if (cells.at(-1)?.text === '' && cells.length > 1) cells.pop()
  if (cells[0]?.text === '' && cells.length > 1) cells.shift()
  return cells
}
