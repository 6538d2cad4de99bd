import { Fault } from '@copse/contracts'
import { LineCounter, parseDocument } from 'yaml'
import { scenarioFile, type Scenario } from './scenario.ts'

/** A scenario file: a YAML list. Faults name file, line and field. */
export function parseScenarios(text: string, file: string): Scenario[] {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines })
  const [broken] = document.errors
  if (broken) {
    const at = lines.linePos(broken.pos[0])
    throw new Fault('config_invalid', { detail: `${file}:${at.line}:${at.col} ${broken.message.split('\n')[0]}` })
  }
  const parsed = scenarioFile.safeParse(document.toJS())
  if (parsed.success) return parsed.data
  const said = parsed.error.issues.map((issue) => {
    const node = document.getIn(issue.path as (string | number)[], true) as { range?: [number] } | undefined
    const at = node?.range ? lines.linePos(node.range[0]) : { line: 1, col: 1 }
    return `${file}:${at.line}:${at.col} ${issue.path.join('.')}: ${issue.message}`
  })
  throw new Fault('config_invalid', { detail: said.join('\n') })
}
