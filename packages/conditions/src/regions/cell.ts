import type { Env, Json } from '../condition.ts'

export type Kind = 'missing' | 'boolean' | 'number' | 'date' | 'text' | 'list' | 'object' | 'other'

/** A part of what a field can hold, within which no condition changes its answer. */
export interface Cell {
  kind: Kind
  label: string
  sample: Json
  has(value: unknown): boolean
  /** No constant speaks of it: what is left over of its kind. */
  rest: boolean
  /** Cells with the same are one for people, as long as they are answered alike: 80 and "80". */
  twin?: string
}

/** When and where conditions are asked. `now` is a whole number of milliseconds. */
export type At = Pick<Env, 'now' | 'dayOf'>
