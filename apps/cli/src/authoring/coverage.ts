import type { Coverage } from '@copse/studio'
import { bold, dim } from '../show/table.ts'

/** How much of a procedure the scenarios walked through, and every place where none of them goes. */
export function coverageText({ file, procedure, steps, edges, builtIn }: Coverage & { file: string }): string {
  const missed = [...steps.missed.map((one) => ({ ...one, what: `step ${one.what}` })), ...edges.missed]
  const counts = [
    `${steps.covered} of ${steps.all} steps`,
    `${edges.covered} of ${edges.all} ways`,
    dim(`and ${builtIn.covered} of ${builtIn.all} that Copse adds`),
  ]
  return [
    `  ${bold(procedure)}: ${counts.join(', ')}`,
    ...missed
      .toSorted((a, b) => a.line - b.line || a.column - b.column)
      .map(({ what, line, column, file: own }) => `    ${own ?? file}:${line}:${column}  no scenario takes ${what}`),
  ].join('\n')
}
