import { canonicalJson, type Json, type JsonObject } from '@copse/contracts'
import type { Path } from '@copse/procedures'
import { isObject } from '../read/outline.ts'
import { pair, type Paired } from './pair.ts'

/** One value that is not what it was; undefined on the side where it is not written. */
export interface Difference {
  path: Path
  before: Json | undefined
  after: Json | undefined
  /** The items of lists that it stands in, outermost first, as they are now or were. */
  within: JsonObject[]
  /** The items are the same, in another order. */
  isOrder?: true
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
  if (![...before, ...after].some((item) => typeof item === 'object')) return inWords(before, after, path, within)
  const pairs = pair(before, after)
  const inner = pairs.flatMap((one) => {
    const place = [...path, one.index]
    if (one.before === undefined || one.after === undefined) return [{ ...one, path: place, within }]
    const item = one.after
    return differences(one.before, item, place, isObject(item) ? [...within, item] : within)
  })
  return [...inOrder(pairs, before, path, within), ...inner]
}

/** Plain words go by themselves; their order says nothing. */
function inWords(before: Json[], after: Json[], path: Path, within: JsonObject[]): Difference[] {
  const added = after.filter((item) => !before.includes(item))
  const gone = before.filter((item) => !after.includes(item))
  return [
    ...(added.length === 0 ? [] : [{ path, before: undefined, after: added, within }]),
    ...(gone.length === 0 ? [] : [{ path, before: gone, after: undefined, within }]),
  ]
}

/** Of conditions the first that holds wins, and options are read from the top. */
function inOrder(pairs: readonly Paired[], old: Json[], path: Path, within: JsonObject[]): Difference[] {
  const kept = pairs.filter((one) => one.before !== undefined && one.after !== undefined)
  const now = kept.map((one) => old.indexOf(one.before!))
  const was = now.toSorted((a, b) => a - b)
  if (canonicalJson(now) === canonicalJson(was)) return []
  const titles = (order: readonly number[]): Json[] => order.map((at) => kept[now.indexOf(at)]!.after!)
  return [{ path, before: titles(was), after: titles(now), within, isOrder: true }]
}
