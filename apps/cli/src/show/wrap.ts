import { stripVTControlCharacters } from 'node:util'

/** Each line within the width, broken at spaces where there are some; what goes on stands under where it began. */
export const wrap = (text: string, width: number, hang?: number): string =>
  text
    .split('\n')
    .flatMap((line) => wrapLine(line, width, hang ?? hangOf(stripVTControlCharacters(line))))
    .join('\n')

function wrapLine(line: string, width: number, hang: number): string[] {
  const lines: string[] = []
  let rest = line
  const indent = ' '.repeat(hang)
  while (lengthOf(rest) > width) {
    const at = breakAt(rest, width, lines.length === 0 ? 0 : indent.length)
    lines.push(rest.slice(0, at).trimEnd())
    rest = indent + rest.slice(at).trimStart()
  }
  return [...lines, rest]
}

/** Behind a label, as `knows` of a story; else a little to the right. */
function hangOf(line: string): number {
  const [, margin = '', label = ''] = /^( *)([a-z]{2,7} +)?/.exec(line) ?? []
  return margin.length + (margin === '' || label === '' ? 2 : label.length)
}

/** The last space that still fits; colours take no room. */
function breakAt(line: string, width: number, from: number): number {
  let [seen, last] = [0, -1]
  for (let i = 0; i < line.length; i++) {
    // oxlint-disable-next-line no-control-regex -- a colour begins so
    const colour = /^\x1b\[\d{1,2}m/.exec(line.slice(i, i + 5))
    if (colour) {
      i += colour[0].length - 1
      continue
    }
    if (line[i] === ' ' && seen > from && seen <= width && line.slice(0, i).trim() !== '') last = i
    if (seen === width) return last === -1 ? i : last
    seen += 1
  }
  return line.length
}

const lengthOf = (line: string): number => stripVTControlCharacters(line).length
