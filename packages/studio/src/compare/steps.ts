import { canonicalJson, type Json, type JsonObject } from '@copse/contracts'
import { isObject, type Outline, type OutlinedStep } from '../read/outline.ts'

/** Which step of the older version is which of the newer. */
export interface Matched {
  same: { before: OutlinedStep; after: OutlinedStep }[]
  added: OutlinedStep[]
  removed: OutlinedStep[]
  /** Old id → new id. */
  renamed: Map<string, string>
}

/** As much of what a step says must be the same for it to be the same step under another id. */
const leastAlike = 0.7

export function matchSteps(before: Outline, after: Outline): Matched {
  const old = new Map(before.steps.map((step) => [step.id, step]))
  const now = new Set(after.steps.map(({ id }) => id))
  const same = after.steps.flatMap((step) => {
    const was = old.get(step.id)
    return was ? [{ before: was, after: step }] : []
  })
  let removed = before.steps.filter(({ id }) => !now.has(id))
  const renamed = new Map<string, string>()
  const added = after.steps.filter((step) => {
    if (old.has(step.id)) return false
    const likely = removed
      .filter(({ action }) => action === step.action)
      .map((was) => ({ was, alike: alikeness(was, step) }))
      .toSorted((a, b) => b.alike - a.alike)[0]
    if (!likely || likely.alike < leastAlike) return true
    renamed.set(likely.was.id, step.id)
    same.push({ before: likely.was, after: step })
    removed = removed.filter((one) => one !== likely.was)
    return false
  })
  return { same, added, removed, renamed }
}

/** The share of what two steps say that both say. */
function alikeness(a: OutlinedStep, b: OutlinedStep): number {
  const first = valuesIn(contentOf(a.json), '')
  const second = valuesIn(contentOf(b.json), '')
  if (first.size + second.size === 0) return 0
  const both = [...first].filter((value) => second.has(value)).length
  return (2 * both) / (first.size + second.size)
}

/** What a step says, whatever it is called. */
export function contentOf(json: JsonObject): JsonObject {
  const content = { ...json }
  delete content['id']
  return content
}

function valuesIn(json: Json, path: string, found = new Set<string>()): Set<string> {
  if (Array.isArray(json)) for (const item of json) valuesIn(item, `${path}[]`, found)
  else if (isObject(json)) for (const [key, value] of Object.entries(json)) valuesIn(value, `${path}.${key}`, found)
  else found.add(`${path} ${canonicalJson(json)}`)
  return found
}

/** Steps that stand elsewhere among those that stayed: as few as explain the new order. */
export function movedSteps({ same }: Matched, before: Outline): string[] {
  const places = new Map(before.steps.map(({ id }, index) => [id, index]))
  const order = same
    .toSorted((a, b) => a.after.line - b.after.line)
    .map((one) => ({ id: one.after.id, place: places.get(one.before.id) ?? 0 }))
  const kept = longestRise(order.map(({ place }) => place))
  return order.filter((_, index) => !kept.has(index)).map(({ id }) => id)
}

/** Indexes of a longest rising row. */
function longestRise(values: readonly number[]): Set<number> {
  const length: number[] = []
  const behind: number[] = []
  for (const [at, value] of values.entries()) {
    length[at] = 1
    behind[at] = -1
    for (let earlier = 0; earlier < at; earlier++) {
      if (values[earlier]! < value && length[earlier]! + 1 > length[at]) {
        length[at] = length[earlier]! + 1
        behind[at] = earlier
      }
    }
  }
  const rise = new Set<number>()
  for (let at = length.indexOf(Math.max(0, ...length)); at >= 0; at = behind[at]!) rise.add(at)
  return rise
}
