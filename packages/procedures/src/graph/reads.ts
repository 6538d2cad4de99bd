import { fieldsOf, type Condition } from '@copse/conditions'
import type { OperationManifest } from '@copse/contracts'
import { isOf, type Leaf } from './leaves-in.ts'

export type Operations = Readonly<Record<string, OperationManifest>>

/** Fields that a leaf looks at. Of one that collects none: it asks for what is not known, whatever else is. */
export function readBy(one: Leaf, operations: Operations): string[] {
  if (isOf(one, 'collect')) return []
  return [...placeholdersIn(one.config), ...namedBy(one, operations)]
}

function namedBy(one: Leaf, operations: Operations): readonly string[] {
  if (isOf(one, 'call')) {
    const { arguments: given, operation, successWhen } = one.config
    const fixed = new Set(given.flatMap(({ param, value }) => (value === undefined ? [] : [param])))
    const params = Object.entries(operations[operation]?.params ?? {})
    return [
      ...given.flatMap(({ source }) => source ?? []),
      ...params.flatMap(([param, { source }]) => (source === undefined || fixed.has(param) ? [] : [source])),
      ...(successWhen === undefined ? [] : testedBy(successWhen)),
    ]
  }
  if (isOf(one, 'confirm')) {
    const { arguments: given, operation } = one.config
    const { params = {}, summary = {} } = operations[operation] ?? {}
    const asked = Object.values(summary).flatMap(({ confirm = '' }) => placeholdersIn(confirm))
    return [...given.flatMap(({ source }) => source ?? []), ...asked.filter((name) => !Object.hasOwn(params, name))]
  }
  if (isOf(one, 'decide')) return one.config.branches.flatMap(({ when }) => testedBy(when))
  if (isOf(one, 'table')) return Object.values(one.config.inputs)
  if (isOf(one, 'review')) return one.config.fields.map(({ key }) => key)
  if (isOf(one, 'rest')) return 'until' in one.config.when ? [one.config.when.until] : []
  if (isOf(one, 'pass')) return one.config.values.flatMap(({ source }) => source ?? [])
  if (isOf(one, 'remember')) return Object.values(one.config.keeps)
  return []
}

/** Fields that a leaf finds out or decides; not those that the customer is asked for. */
export function writtenBy(one: Leaf, operations: Operations): string[] {
  if (isOf(one, 'call')) {
    const { operation, resultKey, scope = '' } = one.config
    const declared = operations[operation]?.writes.map(({ field }) => scope + field) ?? []
    return resultKey === undefined ? declared : [...declared, resultKey]
  }
  if (isOf(one, 'table')) {
    const { resultKey, outputs, scope = '' } = one.config
    return resultKey === undefined ? outputs.map((name) => scope + name) : [resultKey]
  }
  if (isOf(one, 'pass')) return one.config.values.map(({ to }) => to)
  if (isOf(one, 'remember')) return ['memory']
  return isOf(one, 'classify') && one.config.resultKey !== undefined ? [one.config.resultKey] : []
}

/** Of a condition that stands in the tree: it was checked when it was read. */
export const testedBy = (condition: unknown): string[] => fieldsOf(condition as Condition)

/** In every text of a value, in order. */
function placeholdersIn(value: unknown, found: string[] = []): string[] {
  if (typeof value === 'object' && value !== null)
    for (const inner of Object.values(value)) placeholdersIn(inner, found)
  else if (typeof value === 'string' && value.includes('{{'))
    for (const [, path] of value.matchAll(/\{\{\s*([\w.$-]+)\s*\}\}/g)) found.push(path!)
  return found
}
