import { stripVTControlCharacters, styleText } from 'node:util'

/** Rows under a header, columns as wide as they need to be; the last one takes what is left. */
export const table = (header: readonly string[], rows: readonly (readonly string[])[]): string =>
  columns([header.map(dim), ...rows]).join('\n')

export interface Entry {
  cells: readonly string[]
  /** What is too long for a column, with what it is. */
  below: readonly (readonly [name: string, text: string])[]
}

/** A table whose rows have more to say, under each. */
export function entries(header: readonly string[], all: readonly Entry[]): string {
  const [head, ...rows] = columns([header.map(dim), ...all.map(({ cells }) => cells)])
  const below = ({ below: lines }: Entry): string[] => lines.map(([name, text]) => `  ${dim(name.padEnd(7))}  ${text}`)
  return [head, ...rows.flatMap((row, i) => [row, ...below(all[i]!)])].join('\n')
}

/** Aligned by what is seen: colours take no room. */
export function columns(rows: readonly (readonly string[])[]): string[] {
  const widths: number[] = []
  for (const row of rows) row.forEach((cell, i) => (widths[i] = Math.max(widths[i] ?? 0, lengthOf(cell))))
  return rows.map((row) =>
    row
      .map((cell, i) => (i === row.length - 1 ? cell : cell + ' '.repeat(widths[i]! - lengthOf(cell))))
      .join('  ')
      .trimEnd(),
  )
}

const lengthOf = (cell: string): number => stripVTControlCharacters(cell).length

/** Not in a file or a pipe, nor where NO_COLOR is set: styleText looks at both. */
export const dim = (text: string): string => styleText('dim', text)
export const bold = (text: string): string => styleText('bold', text)
export const good = (text: string): string => styleText('green', text)
export const bad = (text: string): string => styleText('red', text)
