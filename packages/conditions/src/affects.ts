import type { Condition } from './condition.ts'
import { pathsOf } from './operands.ts'
import { operatorOf } from './operators/all.ts'
import type { Look } from './operators/operator.ts'
import { leavesOf } from './walk.ts'

export interface Affect {
  field: string
  looks: Look[]
  /** The fields that it is compared with. */
  against: string[]
}

/** Every field that can change the answer when it changes, in order of appearance. No other field can. */
export function affects(condition: Condition): Affect[] {
  const found = new Map<string, { looks: Set<Look>; against: Set<string> }>()
  for (const leaf of leavesOf(condition)) {
    const operator = operatorOf(leaf.op)
    const others = pathsOf(operator.operands(leaf))
    for (const field of [leaf.field, ...others]) {
      const { looks, against } = found.get(field) ?? { looks: new Set(), against: new Set() }
      for (const look of operator.looks(leaf)) looks.add(look)
      for (const other of field === leaf.field ? others : [leaf.field]) against.add(other)
      found.set(field, { looks, against })
    }
  }
  return [...found].map(([field, { looks, against }]) => ({ field, looks: [...looks], against: [...against] }))
}
