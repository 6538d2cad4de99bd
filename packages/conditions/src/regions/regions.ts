import type { Condition, Json, Leaf } from '../condition.ts'
import { limits } from '../limits.ts'
import { pathsOf } from '../operands.ts'
import { operatorOf } from '../operators/all.ts'
import type { FieldType, Schema } from '../typing/field-type.ts'
import { resolve } from '../typing/resolve.ts'
import { leavesOf } from '../walk.ts'
import type { At, Kind } from './cell.ts'
import { cellsOf } from './cells.ts'
import { cutsOf, type Cuts } from './cuts.ts'
import { merge, type Answered } from './merge.ts'
import { reservations, sift } from './sift.ts'

/** A part of what a field can hold, on which every condition keeps its answer. */
export interface Region {
  /** For people: `between 80 and 90`, `delivered`, `other text`. */
  label: string
  kind: Kind
  /** A value in it; null where the field is missing. */
  sample: Json
  /** What each of `conditions` answers; null is unknown. */
  answers: (boolean | null)[]
}

/** How conditions cut one field. Plain JSON. */
export interface FieldRegions {
  field: string
  /** The conditions on this field alone, printed. */
  conditions: string[]
  /** Missing first, then numbers, dates and words in their order, then what is left over. They do not overlap. */
  regions: Region[]
  /** Conditions that no region can answer, since they compare with another field, or there are too many. */
  uncut: string[]
  /** Why there may be values in no region; empty when every value is in one. */
  incomplete: string[]
}

/**
 * The regions of every field, in order of appearance. Without a schema a field may hold anything, else only what it is
 * declared to hold, or be missing. Samples of dates are for this `now` and this calendar: evaluate with the same.
 */
export function regions(conditions: readonly Condition[], schema?: Schema, at: At = { now: 0 }): FieldRegions[] {
  const leaves = new Map<string, Map<string, Leaf>>()
  for (const leaf of conditions.flatMap(leavesOf)) {
    const operator = operatorOf(leaf.op)
    for (const field of [leaf.field, ...pathsOf(operator.operands(leaf))]) {
      leaves.set(field, (leaves.get(field) ?? new Map<string, Leaf>()).set(operator.print(leaf), leaf))
    }
  }
  return [...leaves].map(([field, own]) => {
    const found = schema === undefined ? undefined : resolve(field, schema)
    return regionsOf(field, own, found && 'type' in found ? found.type : 'any', at)
  })
}

function regionsOf(field: string, leaves: ReadonlyMap<string, Leaf>, type: FieldType, at: At): FieldRegions {
  const { cutting, asked, uncut, tooMany } = sift(field, leaves)
  const cuts = cutsOf(cutting)
  const cells = answeredCells(type, cuts, [...asked.values()], at)
  const bound = `Only ${limits.cuts} constants and ${limits.parts} parts of text cut a field; the rest is not cut.`
  return {
    field,
    conditions: [...asked.keys()],
    regions: cells.map(({ label, kind, sample, answers }) => ({ label, kind, sample, answers })),
    uncut,
    incomplete: [...(tooMany ? [bound] : []), ...reservations(type, cuts)],
  }
}

/** With their members. */
export function answeredCells(type: FieldType, cuts: Cuts, leaves: readonly Leaf[], at: At): Answered[] {
  const tests = leaves.map((leaf) => operatorOf(leaf.op).compile(leaf))
  const env = { ...at, read: () => undefined }
  const cells = cellsOf(type, cuts, at)
  return merge(cells.map((cell) => ({ ...cell, answers: tests.map((holds) => holds(cell.sample, env) ?? null) })))
}
