import type { TreeError } from '../tree/faults.ts'
import { YamlError, type PlacedFault } from './parse.ts'
import type { Places } from './places.ts'

/** What is wrong, and where in the text; in the order of the text. */
export function explain(error: TreeError, places: Places): PlacedFault[] {
  if (error instanceof YamlError) return [...error.faults]
  const faults = error.faults.map((fault) => ({ ...fault, ...places.get(fault.id, pathOf(fault.message)) }))
  return faults.sort((a, b) => a.line - b.line || a.column - b.column)
}

/** Where a schema found something, its message begins with the way there from the node. */
function pathOf(message: string): string {
  return /^((?:[\w$-]+)(?:\.[^\s.:]+)*): /.exec(message)?.[1] ?? ''
}
