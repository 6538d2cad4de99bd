import { canonicalJson, type Json, type JsonObject } from '@copse/contracts'
import type { Path } from '@copse/procedures'
import { isObject } from '../read/outline.ts'
import { pair } from './pair.ts'

/** One value that is not what it was; undefined on the side where it is not written. */
export interface Difference {
  path: Path
  before: Json | undefined
  after: Json | undefined
  /** The items of lists that it stands in, outermost first, as they are now or were. */
  within: JsonObject[]
}

/** Everything that differs, down to the value: lists are compared by what stands for what, not by place. */
export function differences(
  before: Json | undefined,
  after: Json | undefined,
  path: Path = [],
  within: JsonObject[] = [],
): Difference[] {
  if (canonicalJson(before ?? null) === canonicalJson(after ?? null)) return []
  if (isObject(before) && isObject(after)) {
    const keys = new Set([...Object.keys(before), ...Object.keys(after)])
    return [...keys].flatMap((key) => differences(before[key], after[key], [...path, key], within))
  }
  const lists = [before ?? [], after ?? []]
  if ((Array.isArray(before) || Array.isArray(after)) && lists.every((one) => Array.isArray(one))) {
    return inLists(lists[0] as Json[], lists[1] as Json[], path, within)
  }
  return [{ path, before, after, within }]
}

function inLists(before: Json[], after: Json[], path: Path, within: JsonObject[]): Difference[] {
  return pair(before, after).flatMap((one) => {
    const inner = [...path, one.index]
    if (one.before === undefined || one.after === undefined) return [{ ...one, path: inner, within }]
    const item = one.after
    return differences(one.before, item, inner, isObject(item) ? [...within, item] : within)
  })
}
