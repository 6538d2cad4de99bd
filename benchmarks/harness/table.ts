import type { Result } from './benchmark.ts'
import { rounded } from './claim.ts'

/** For people; `--json` is for programs. */
export function table(results: readonly Result[]): string {
  const rows = results.map((result) => [
    result.id,
    result.holds === null ? 'not measured' : result.holds ? 'holds' : 'MISSED',
    result.missing === undefined ? result.what : `${result.what}: ${result.missing}`,
    amount(result.ours, result.unit),
    `${amount(result.reference, result.unit)} ${result.versus}`,
    result.ratio === null ? '-' : `${result.ratio} <= ${result.goal}`,
    Object.entries(result.also ?? {})
      .map(([name, value]) => `${name}: ${rounded(value)}`)
      .join(', '),
  ])
  const head = ['id', '', 'claim', 'ours', 'against', 'ratio', 'beside it']
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]!.length)))
  const lines = [head, ...rows].map((row) => row.map((cell, column) => cell.padEnd(widths[column]!)).join('  '))
  return `${lines.map((line) => line.trimEnd()).join('\n')}\n`
}

function amount(value: number | null, unit: string): string {
  return value === null ? '-' : `${value} ${unit}`
}
