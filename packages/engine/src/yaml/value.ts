import type { Json } from '../tree/json.ts'

/** Lines and columns start at 1. */
export interface Place {
  line: number
  column: number
}

/** A value that knows where it was written. Mappings are Maps, so that no key is special. */
export type Value = Place &
  (
    | { kind: 'scalar'; value: string | number | boolean | null }
    | { kind: 'list'; items: Value[] }
    | { kind: 'map'; entries: Map<string, Value> }
  )

/** Own properties only, whatever a key is called. */
export function toJson(value: Value): Json {
  if (value.kind === 'scalar') return value.value
  if (value.kind === 'list') return value.items.map(toJson)
  return Object.fromEntries(Array.from(value.entries, ([key, inner]) => [key, toJson(inner)]))
}

export function at(value: Value | undefined, key: string): Value | undefined {
  if (value?.kind === 'map') return value.entries.get(key)
  return value?.kind === 'list' ? value.items[Number(key)] : undefined
}

export function textAt(value: Value | undefined, key: string): string | undefined {
  const found = at(value, key)
  return found?.kind === 'scalar' && typeof found.value === 'string' ? found.value : undefined
}

export function itemsAt(value: Value | undefined, key: string): readonly Value[] {
  const found = at(value, key)
  return found?.kind === 'list' ? found.items : []
}
