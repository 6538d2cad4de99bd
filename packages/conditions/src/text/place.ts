import type { Condition } from '../condition.ts'

/** Where something stands in the text. Lines and columns start at 1, the offset at 0. */
export interface Place {
  offset: number
  line: number
  column: number
}

/**
 * Where each part of a parsed condition begins, and its values. Beside the condition, not in it: the canonical form of a
 * text does not depend on how it is laid out. By identity, so the parts may be composed, but not copied.
 */
export type Places = ReadonlyMap<Condition, Place & { readonly values: readonly Place[] }>

/** Tells line and column of an offset. Lines are found once, so that asking often stays cheap. */
export function ruler(text: string): (offset: number) => Place {
  const starts = [0]
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  return (offset) => {
    let [line, after] = [0, starts.length]
    while (after - line > 1) {
      const middle = (line + after) >> 1
      if ((starts[middle] ?? 0) <= offset) line = middle
      else after = middle
    }
    return { offset, line: line + 1, column: offset - (starts[line] ?? 0) + 1 }
  }
}
