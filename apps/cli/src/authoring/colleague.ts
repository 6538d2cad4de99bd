import type { Diagnostic } from '@copse/contracts'
import { bad, bold, dim } from '../show/table.ts'

const widest = 110
/** Who has more to correct begins with these. */
const mostTold = 50

/** `why`: how a conversation comes to it. */
type Told = Diagnostic & { why?: readonly string[] }

/** A fault as a colleague would point at it: where, the line itself, what is wrong, and what to write instead. */
export function toldOf(diagnostics: readonly Told[], sources: ReadonlyMap<string, string>): string {
  const shown = diagnostics
    .slice(0, mostTold)
    .map((one) => told(one, sources.get(one.file ?? '')?.split('\n')[one.line - 1]))
  return [...shown, ...andMore(diagnostics.length)].join('\n\n')
}

const andMore = (count: number): string[] =>
  count > mostTold ? [`And ${count - mostTold} more: they are told when these are corrected.`] : []

function told({ file, line, column, severity, message, why = [], fix, code }: Told, text?: string): string {
  const place = bold(`${file ?? ''}:${line}:${column}`)
  const kind = severity === 'error' ? bad('error') : dim('warning')
  return [
    `${place} ${kind} ${message} ${dim(`(${code})`)}`,
    ...(text === undefined ? [] : excerpt(text, line, column)),
    ...(why.length === 0 ? [] : ['  This is how it comes to it:', ...why.map((step) => dim(`    ${step}`))]),
    ...(fix === undefined ? [] : [`  ${fix}`]),
  ].join('\n')
}

/** The line with a mark under the place; of a long line, what is around it. */
export function excerpt(text: string, line: number, column: number): string[] {
  const plain = text.replaceAll(/[\p{Cc}]/gu, ' ')
  const from = plain.length <= widest ? 0 : Math.max(0, column - widest / 2)
  const shown = plain.slice(from, from + widest)
  const gutter = String(line).padStart(5)
  return [
    `${dim(`${gutter} |`)} ${shown}`,
    `${dim(`${' '.repeat(gutter.length)} |`)} ${' '.repeat(Math.max(0, column - 1 - from))}${bad('^')}`,
  ]
}

export const many = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`

export function countOf(diagnostics: readonly Diagnostic[]): string {
  const errors = diagnostics.filter(({ severity }) => severity === 'error').length
  return [many(errors, 'error'), many(diagnostics.length - errors, 'warning')].join(', ')
}
