import type { ScenarioResult } from '@copse/studio'
import { bad, dim, good } from '../show/table.ts'

type Excerpt = (line: number, column: number) => string[]

/** A scenario in one line; of one that went otherwise, where and how, with the conversation up to there. */
export function resultText(result: ScenarioResult, file: string, excerptAt: Excerpt): string {
  const { name, failures } = result
  if (failures.length === 0) return `  ${good('✓')} ${name}`
  const told = failures.flatMap(({ line, column, turn, message }) => [
    `      ${file}:${line}:${column}  ${turn === undefined ? 'at the end' : `turn ${turn}`}: ${bad(message)}`,
    ...excerptAt(line, column).map((text) => `      ${text}`),
  ])
  return [`  ${bad('✗')} ${name}`, ...told, ...conversation(result)].join('\n')
}

/** Up to the last turn that went otherwise: what was said instead stands in it. */
function conversation({ turns, failures }: ScenarioResult): string[] {
  const until = Math.max(...failures.map(({ turn }) => turn ?? turns.length))
  return turns
    .slice(0, until)
    .flatMap(({ customer, reply, options, step, status }) => [
      dim(`        > ${oneLine(customer)}`),
      dim(
        `        < ${oneLine(reply)}${options.length > 0 ? ` [${options.join(' | ')}]` : ''} (${step ?? 'no step'}, ${status})`,
      ),
    ])
}

const oneLine = (text: string): string => {
  const line = text.replaceAll(/\s+/g, ' ')
  return line.length > 300 ? `${line.slice(0, 299)}…` : line
}
