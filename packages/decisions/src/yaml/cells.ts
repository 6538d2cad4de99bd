import { splitList } from '../expression/split-list.ts'
import type { ColumnType } from '../table/table.ts'

/**
 * A cell as people write it, in S-FEEL. In a column of text a word is text, in one of dates a day is a day: `gold` for
 * `"gold"`, `< 2026-01-31` for `< date("2026-01-31")`, `yes` for `true`. `= x` means the value of x.
 */
export function testText(cell: string, type: ColumnType): string {
  if (cell === '-') return cell
  if (type === 'string') return splitList(cell).map(textTest).join(', ')
  return inQuotesOrNot(cell, (text) => literalsOf(text, type))
}

export function valueText(cell: string, type: ColumnType): string {
  if (type === 'string') return isExpression(cell) ? cell.replace(/^=\s*/, '') : quoted(cell)
  return inQuotesOrNot(cell.replace(/^=\s*/, ''), (text) => literalsOf(text, type))
}

/** Words alone, without a sign that S-FEEL knows. */
export const isBareText = (text: string): boolean => !/["()[\]{}?@<>=!]/.test(text)

function textTest(test: string): string {
  const negated = /^not\s*\(([^]*)\)$/.exec(test)
  if (negated)
    return `not(${splitList(negated[1] ?? '')
      .map(textTest)
      .join(', ')})`
  return test === 'null' || !isBareText(test) ? test : quoted(test)
}

const isExpression = (cell: string): boolean => cell.startsWith('=') || /["(]/.test(cell) || cell === 'null'

const quoted = (text: string): string => JSON.stringify(text)

/** Changes what stands outside of quotes. */
function inQuotesOrNot(cell: string, change: (text: string) => string): string {
  return cell
    .split(/("(?:[^"\\]|\\.)*")/s)
    .map((part, index) => (index % 2 === 1 ? part : change(part)))
    .join('')
}

const day = String.raw`-?\d{4,9}-\d\d-\d\d`
const clock = String.raw`\d\d:\d\d(?::\d\d(?:\.\d+)?)?`
const zone = String.raw`(?:Z|[+-]\d\d:\d\d|@[A-Za-z_]+(?:/[A-Za-z_]+)*)?`
const literals: Partial<Record<ColumnType, { pattern: RegExp; name: string }>> = {
  date: { pattern: new RegExp(`(?<![\\w-])${day}(?![\\w-])`, 'g'), name: 'date' },
  time: { pattern: new RegExp(`(?<![\\w:])${clock}${zone}(?![\\w:])`, 'g'), name: 'time' },
  'date and time': { pattern: new RegExp(`(?<![\\w-])${day}T${clock}${zone}(?![\\w:])`, 'g'), name: 'date and time' },
  'days and time duration': { pattern: /-?\bP(?=[\dT])[\dDTHMS.]+\b/g, name: 'duration' },
  'years and months duration': { pattern: /-?\bP(?=\d)[\dYM]+\b/g, name: 'duration' },
}

function literalsOf(text: string, type: ColumnType): string {
  if (type === 'boolean') return text.replace(/\byes\b/g, 'true').replace(/\bno\b/g, 'false')
  const literal = literals[type]
  if (!literal) return text
  return text.replace(literal.pattern, (found) => `${literal.name}("${withSeconds(found)}")`)
}

/** `18:00` is 18:00:00. */
const withSeconds = (text: string): string => text.replace(/(^|T)(\d\d:\d\d)(?![\d:])/, '$1$2:00')
