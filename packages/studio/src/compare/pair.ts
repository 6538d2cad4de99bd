import { canonicalJson, type Json, type JsonObject } from '@copse/contracts'
import { isObject } from '../read/outline.ts'

export interface Paired {
  before: Json | undefined
  after: Json | undefined
  /** Where in the list of the newer, else of the older version. */
  index: number
}

/** What an item of a list goes by, in order of how well it tells it. */
const names = ['id', 'key', 'label', 'name', 'param', 'condition', 'after', 'next_step'] as const

/**
 * Items of two versions of a list that stand for the same thing: those that are equal, then those of the same name, then
 * those in the same place of what is left. Without a partner, an item is new or gone.
 */
export function pair(before: readonly Json[], after: readonly Json[]): Paired[] {
  const left = new Map(before.map((item, index) => [index, item]))
  const partner = new Map<number, number>()
  const match = (same: (a: Json, b: Json) => boolean): void => {
    for (const [at, item] of after.entries()) {
      if (partner.has(at)) continue
      const found = [...left].find(([, old]) => same(old, item))?.[0]
      if (found === undefined) continue
      partner.set(at, found)
      left.delete(found)
    }
  }
  match((a, b) => canonicalJson(a) === canonicalJson(b))
  for (const name of names) match((a, b) => isObject(a) && isObject(b) && named(a, name) && sameName(a, b, name))
  match((a, b) => isObject(a) && isObject(b) && [...left].length > 0 && kindOf(a) === kindOf(b))
  const kept = after.map((item, index): Paired => {
    const old = partner.get(index)
    return { before: old === undefined ? undefined : before[old], after: item, index }
  })
  const gone = [...left].map(([index, item]): Paired => ({ before: item, after: undefined, index }))
  return [...kept, ...gone]
}

const named = (item: JsonObject, name: string): boolean => item[name] !== undefined
const sameName = (a: JsonObject, b: JsonObject, name: string): boolean =>
  canonicalJson(a[name]) === canonicalJson(b[name])
/** An option does not become a tool: only what has the same keys may be the same thing under another name. */
const kindOf = (item: JsonObject): string => Object.keys(item).toSorted().join(' ')
