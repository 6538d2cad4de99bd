import { TreeError, type TreeFault } from '../tree/faults.ts'
import type { Json } from '../tree/json.ts'
import { placesOf, type Places } from './places.ts'
import { read } from './read.ts'
import { toJson, type Place } from './value.ts'

const FAULT_LIMIT = 20

export interface ParsedTree {
  /** What is written, unchecked: for `compile`. */
  spec: Json
  places: Places
}

/** A fault with the place in the text it is about. */
export interface PlacedFault extends TreeFault, Place {}

/** A text that is no YAML, or none that may be a tree. `id` of its faults is the name of the text. */
export class YamlError extends TreeError {
  declare readonly faults: readonly PlacedFault[]

  constructor(faults: readonly PlacedFault[]) {
    super(faults)
    this.name = 'YamlError'
    this.message = faults.map(({ id, line, column, message }) => `${id}:${line}:${column}: ${message}`).join('\n')
  }
}

/**
 * YAML (1.2, one document, up to 1 MB) to a spec for `compile`, with where everything stands. It is the JSON form
 * written otherwise: the same ids, the same hash. `name` is for messages. Throws YamlError.
 */
export function parseTree(text: string, name = 'tree'): ParsedTree {
  const { value, faults } = read(text)
  if (value === undefined) throw new YamlError(faults.slice(0, FAULT_LIMIT).map((fault) => ({ id: name, ...fault })))
  return { spec: toJson(value), places: placesOf(value) }
}
