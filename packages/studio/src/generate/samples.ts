import type { Field, Json, JsonObject } from '@copse/contracts'
import { isOf, leavesIn } from '../check/leaf.ts'
import { placeholdersIn } from '../check/leaf-data.ts'
import type { Program } from '../check/program.ts'

/** What stands in a generated answer where any value will do. */
export function anyValue(path: string, at = 0): string | number {
  const name = path.split('.').at(-1) ?? path
  if (/amount|total|price|count|days|minutes|hours|number_of/.test(name)) return 45 + at
  if (/date|day|time|when|slot|_at$/.test(name)) return moment(20 + at)
  if (/(^|_)id$/.test(name)) return `${name.replace(/_?id$/, '').toUpperCase() || 'ID'}-${at + 1}`
  return at === 0 ? name.replaceAll('_', ' ') : `${name.replaceAll('_', ' ')} ${at + 1}`
}

/** A procedure, and what is aimed at: values that fields should have, where they can. */
export interface Aim {
  program: Program
  wanted: ReadonlyMap<string, Json>
}

/** Values of a field that conditions tell apart, one of each kind; one of any, where none does. */
export function valuesOf(
  { program: { domain, resolve, stages }, wanted }: Aim,
  path: string,
  by: 'customer' | 'tool',
): Json[] {
  const field = domain.field(resolve(path))
  const aimed = field && wanted.get(field.path)
  if (aimed !== undefined) return [aimed]
  if (isMoment(stages, path)) return [moment(20), 'no time', moment(1)]
  if (!field?.isCut) return [anyValue(path)]
  const mask = by === 'customer' ? field.byCustomer : field.byTool
  const samples = field.cells.filter((_, cell) => (mask >> BigInt(cell)) & 1n).map(({ sample }) => sample as Json)
  return samples.length > 0 ? samples : [anyValue(path)]
}

/** Conversations begin on 12 January 2026. */
const moment = (day: number): string => `2026-01-${String(day).padStart(2, '0')}T10:00`

/** Something is to happen at a time that stands there. */
const isMoment = (stages: Program['stages'], path: string): boolean =>
  [...stages.values()]
    .flatMap((stage) => leavesIn(stage.id, stage.node))
    .some((leaf) => {
      if (isOf(leaf, 'rest')) return 'until' in leaf.config.when && leaf.config.when.until === path
      return isOf(leaf, 'schedule_task') && 'at' in leaf.config.when && namedIn([leaf.config.when.at]).includes(path)
    })

const dayMs = 86_400_000

/** What a customer may write for a field: a value of each kind, and another one to correct it with. */
export function repliesFor(aim: Aim, field: Field, now: number): string[] {
  const { key, type, enum: listed, examples, min, max } = field
  if (listed) return listed
  const { domain, resolve } = aim.program
  const isCut = domain.field(resolve(key))?.isCut === true
  const sampled = isCut
    ? valuesOf(aim, key, 'customer').map((value) => (typeof value === 'string' ? value : JSON.stringify(value)))
    : []
  const own = aim.wanted.has(resolve(key)) ? sampled : [...examples.slice(0, 2), ...sampled]
  if (own.length > 0) return own
  switch (type) {
    case 'date':
      return [dayFrom(now, min, max)]
    case 'email':
      return ['ana@example.com']
    case 'phone':
      return ['+34600111222']
    case 'integer':
    case 'number':
    case 'amount':
      return [String(typeof min === 'number' ? min : typeof max === 'number' ? max : 3)]
    case 'text':
      return ['The parcel came broken']
    case 'string':
      return [String(anyValue(`${key}_id`))]
  }
}

/** A day that the bounds allow: `today`, `+30d` and ISO dates. */
function dayFrom(now: number, min: Field['min'], max: Field['max']): string {
  const at = (bound: Field['min']): number | undefined => {
    if (bound === 'today') return now
    const days = /^([+-]\d+)d$/.exec(String(bound))?.[1]
    return days === undefined ? (typeof bound === 'string' ? Date.parse(bound) : undefined) : now + Number(days) * dayMs
  }
  const [from, to] = [at(min), at(max)]
  const day = from === undefined ? (to ?? now + dayMs) : Math.min(from + dayMs, to ?? Infinity)
  return new Date(day).toISOString().slice(0, 10)
}

/** The same with `path` in it, on the way to which lists may lie: `orders.0.total`. */
export function withValue(data: JsonObject, path: string, value: Json): JsonObject {
  const [first = '', ...rest] = path.split('.')
  if (rest.length === 0) return { ...data, [first]: value }
  const inner = data[first]
  const below = inner !== null && typeof inner === 'object' && !Array.isArray(inner) ? inner : {}
  return { ...data, [first]: withValue(below, rest.join('.'), value) }
}

/** `{{total_text}}` in any of these texts. */
export const namedIn = (texts: readonly (string | undefined)[]): string[] =>
  texts.flatMap((text) => placeholdersIn(text ?? ''))
