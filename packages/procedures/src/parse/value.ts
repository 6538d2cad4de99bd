import type { Json, JsonObject } from '@copse/contracts'

/** Lines and columns start at 1. */
export interface Position {
  line: number
  column: number
}

/** A YAML value that knows where it stands. Mappings are Maps, so that no key is special. */
export type Value = Scalar | List | Mapping

export interface Scalar extends Position {
  kind: 'scalar'
  value: string | number | boolean | null
  /** Columns between the start of the scalar and its text; undefined when the text is folded or on other lines. */
  textOffset: number | undefined
}
export interface List extends Position {
  kind: 'list'
  items: Value[]
}
export interface Mapping extends Position {
  kind: 'map'
  entries: Map<string, { key: Position; value: Value }>
}

/** Aliases count as often as they are used, so that a small file cannot stand for a large one. */
export const maxValues = 20_000

/** Where in the document: keys and indexes from the root. */
export type Path = readonly (string | number)[]

export function toJson(value: Value): Json {
  if (value.kind === 'scalar') return value.value
  if (value.kind === 'list') return value.items.map(toJson)
  const json: JsonObject = {}
  for (const [key, entry] of value.entries) json[key] = toJson(entry.value)
  return json
}

export function valueAt(root: Value, path: Path): Value | undefined {
  let at: Value | undefined = root
  for (const part of path) at = at && childOf(at, part)
  return at
}

/** The value at the path, or the nearest one around it that exists. */
export function nearestTo(root: Value, path: Path): Value {
  let at = root
  for (const part of path) {
    const next = childOf(at, part)
    if (!next) break
    at = next
  }
  return at
}

function childOf(value: Value, part: string | number): Value | undefined {
  if (value.kind === 'list') return value.items[Number(part)]
  return value.kind === 'map' ? value.entries.get(String(part))?.value : undefined
}
