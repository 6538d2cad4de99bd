import type { Tree } from '../tree/tree.ts'

/** Old id to new id; what stands below moves along. */
export type Renames = Readonly<Record<string, string>>

/** The longest rename that fits decides; ids without one stay what they are. */
export function rename(id: string, renames: Renames): string {
  for (let end = id.length; end > 0; end = id.lastIndexOf('/', end - 1)) {
    const old = id.slice(0, end)
    if (Object.hasOwn(renames, old)) return renames[old]! + id.slice(end)
  }
  return id
}

/** A rename of what is not there is a slip of the pen, and the one that was meant is missing. */
export function misspelt(from: Tree, to: Tree, renames: Renames): string[] {
  return Object.entries(renames).flatMap(([old, now]) => [
    ...(from.byId.has(old) ? [] : [`the renames name ${old}, which version ${from.version} does not have`]),
    ...(to.byId.has(now) ? [] : [`the renames name ${now}, which version ${to.version} does not have`]),
  ])
}
