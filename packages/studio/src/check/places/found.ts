import type { Position, Value } from '@copse/procedures'

/** A value, with the key that it stands under. */
export interface Found {
  key: string
  value: Value
}

export const positionOf = ({ line, column }: Position): Position => ({ line, column })

/** A place in a text, where the text stands on one line. */
export const within = (value: Extract<Value, { kind: 'scalar' }>, offset: number): Position => ({
  line: value.line,
  column: value.textOffset === undefined ? value.column : value.column + value.textOffset + offset,
})

/** Every value under a key, however deep; what stands in a list goes by the key of the list. */
export function entriesOf(value: Value, key = ''): Found[] {
  if (value.kind === 'scalar') return []
  const inner: Found[] =
    value.kind === 'list'
      ? value.items.map((item) => ({ key, value: item }))
      : [...value.entries].map(([name, entry]) => ({ key: name, value: entry.value }))
  return inner.flatMap((found) => [found, ...entriesOf(found.value, found.key)])
}

/** Where a pattern is first found in a text. */
export function foundIn(value: Value, pattern: RegExp): Position | undefined {
  if (value.kind !== 'scalar' || typeof value.value !== 'string') return undefined
  const found = pattern.exec(value.value)
  return found ? within(value, found.index) : undefined
}

/** A field as a placeholder, by any of its names. */
export const placeholderOf = (...names: string[]): RegExp =>
  new RegExp(`\\{\\{\\s*(?:${names.map(quoted).join('|')})\\s*\\}\\}`)

/** A field where it is read by name. */
export const nameOf = (name: string): RegExp => new RegExp(`(?<![\\w.])${quoted(name)}(?![\\w])`)

const quoted = (name: string): string => name.replaceAll('.', '\\.')

export const languagesOf = (value: Value): string[] => (value.kind === 'map' ? [...value.entries.keys()] : [''])

export const textOf = (value: Value | undefined): string | undefined =>
  value?.kind === 'scalar' && typeof value.value === 'string' ? value.value : undefined
