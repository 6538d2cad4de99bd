import type { Explored } from './explore/explore.ts'
import type { Program } from './program.ts'

/** Why there are too many states: the field whose values tell most of them apart. */
export function describeExplosion({ states }: Explored, { domain }: Program): string {
  const kinds = domain.fields.map((field) => ({
    field,
    kinds: new Set(states.map(({ data }) => data[field.index]!)).size,
  }))
  const [worst] = kinds.sort((a, b) => b.kinds - a.kinds || b.field.cells.length - a.field.cells.length)
  const bound = `Only the first ${states.length} states were looked at.`
  if (!worst || worst.kinds < 2) return bound
  const { field, kinds: count } = worst
  return `${bound} "${field.path}" explodes: conditions cut it into ${field.cells.length} parts, and it was met in ${count} ways.`
}
