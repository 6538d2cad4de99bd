import { and, exists, or, validateCondition, type Condition } from '@copse/conditions'
import type { Json, LeafConfig, OperationManifest } from '@copse/contracts'
import { isLeaf, isOf, leavesIn, type Leaf } from './leaf.ts'
import type { NodeSpec } from '@copse/engine'

export type Operations = Record<string, OperationManifest>

const completed = new WeakMap<object, Condition | undefined>()

/** When a collecting leaf has all that it asks for. Undefined: it insists on nothing. */
export function completeness(config: LeafConfig<'collect'>): Condition | undefined {
  if (!completed.has(config)) completed.set(config, whenComplete(config))
  return completed.get(config)
}

function whenComplete(config: LeafConfig<'collect'>): Condition | undefined {
  const groups = config.requiredAny.flatMap(([first, ...rest]) =>
    first === undefined ? [] : [or(exists(first), ...rest.map((key) => exists(key)))],
  )
  const [first, ...rest] = [...config.required.map((key) => exists(key)), ...groups]
  if (first === undefined) return undefined
  const complete = and(first, ...rest)
  return config.completeWhen === undefined ? complete : or(complete, validateCondition(config.completeWhen))
}

/** Every condition below a node. */
export function conditionsIn(node: NodeSpec): unknown[] {
  const own = (node.config ?? {}) as Record<string, unknown>
  const inner = (node.children ?? []).flatMap(conditionsIn)
  if (node.op === 'if') return [...(own['branches'] as unknown[]), ...inner]
  if (!isLeaf(node)) return inner
  const [leaf] = leavesIn('', node) as [Leaf]
  if (isOf(leaf, 'decide')) return leaf.config.branches.map(({ when }) => when)
  if (isOf(leaf, 'call')) {
    const sources = leaf.config.arguments.flatMap(({ source }) => (source === undefined ? [] : [exists(source)]))
    return [...(leaf.config.successWhen === undefined ? [] : [leaf.config.successWhen]), ...sources]
  }
  if (isOf(leaf, 'listen')) return leaf.config.transitions.flatMap(({ when }) => (when === undefined ? [] : [when]))
  if (!isOf(leaf, 'collect')) return []
  const complete = completeness(leaf.config)
  return complete === undefined ? [] : [complete]
}

/** Fields whose value the customer gives. */
export const writtenByCustomer = (leaf: Leaf): string[] =>
  isOf(leaf, 'collect')
    ? leaf.config.fields.map(({ key }) => key)
    : isOf(leaf, 'classify') && leaf.config.resultKey !== undefined
      ? [leaf.config.resultKey]
      : isOf(leaf, 'listen')
        ? leaf.config.transitions.flatMap(({ suffix, sets }) => [
            ...(suffix === undefined ? [] : [suffix]),
            ...sets.filter(({ value }) => templatesIn(value).length > 0).map(({ key }) => key),
          ])
        : []

/** Fields whose value comes from elsewhere: from an operation, or from the author. */
export function writtenByTool(leaf: Leaf, operations: Operations): string[] {
  if (isOf(leaf, 'listen')) {
    const constants = leaf.config.transitions.flatMap(({ sets }) =>
      sets.filter(({ value }) => templatesIn(value).length === 0).map(({ key }) => key),
    )
    return [
      ...constants,
      ...Object.values(leaf.config.expands ?? {})
        .flatMap(Object.keys)
        .map(serviceField),
    ]
  }
  if (isOf(leaf, 'schedule_task')) return Object.keys(leaf.config.data ?? {})
  if (isOf(leaf, 'pass')) return leaf.config.values.map(({ to }) => to)
  if (isOf(leaf, 'remember')) return Object.keys(leaf.config.keeps).map((name) => `memory.${name}`)
  if (isOf(leaf, 'table')) return decidedBy(leaf.config)
  if (!isOf(leaf, 'call')) return []
  const { operation, resultKey, scope } = leaf.config
  const declared = scopedIn(operations[operation], scope)?.writes.map(({ field }) => field) ?? []
  return resultKey === undefined ? declared : [...declared, resultKey]
}

/** As a subprocedure sees it: what it writes is its own. */
export const scopedIn = (operation: OperationManifest | undefined, scope = ''): OperationManifest | undefined =>
  operation && {
    ...operation,
    writes: operation.writes.map((write) => ({ ...write, field: `${scope}${write.field}` })),
  }

/** Fields that take what a table decides. */
export const decidedBy = ({ outputs, resultKey, scope = '' }: LeafConfig<'table'>): string[] =>
  resultKey === undefined ? outputs.map((name) => `${scope}${name}`) : [resultKey]

export const identityFields = (operations: Operations): string[] =>
  Object.values(operations)
    .filter(({ identity }) => identity)
    .flatMap(({ writes }) => writes.map(({ field }) => field))

/** The field that a property of a service becomes. */
export const serviceField = (property: string): string => `service_${property}`

/** Fields whose presence a leaf reads. */
export function pathsOf(leaf: Leaf): string[] {
  const sources = isOf(leaf, 'call')
    ? leaf.config.arguments.flatMap(({ source }) => (source === undefined ? [] : [source]))
    : []
  return [...sources, ...untilOf(leaf), ...filledIn(leaf), ...textsOf(leaf).flatMap(placeholdersIn)]
}

/** Fields that a leaf fills in where no customer reads it: arguments, what it sets, what it offers a list of. */
export function filledIn(leaf: Leaf): string[] {
  if (isOf(leaf, 'call')) return leaf.config.arguments.flatMap(({ template }) => templatesIn(template))
  if (isOf(leaf, 'listen'))
    return leaf.config.transitions.flatMap(({ sets }) => sets.flatMap(({ value }) => templatesIn(value)))
  if (isOf(leaf, 'offer')) {
    const { from, options = [] } = leaf.config
    return [...(from === undefined ? [] : [from]), ...options.flatMap(({ id }) => placeholdersIn(id))]
  }
  if (isOf(leaf, 'cancel_task')) return placeholdersIn(leaf.config.key)
  if (isOf(leaf, 'table')) return Object.values(leaf.config.inputs)
  if (isOf(leaf, 'pass')) return leaf.config.values.flatMap(({ source }) => source ?? [])
  if (isOf(leaf, 'remember')) return Object.values(leaf.config.keeps)
  if (!isOf(leaf, 'schedule_task')) return []
  const { key, when, data } = leaf.config
  return [...placeholdersIn(key), ...('at' in when ? placeholdersIn(when.at) : []), ...templatesIn(data)]
}

/** Fields named in any text of a value. */
export const templatesIn = (value: Json | undefined): string[] =>
  value === undefined ? [] : placeholdersIn(JSON.stringify(value))

/** The field that says how long a leaf waits. */
export const untilOf = (leaf: Leaf): string[] =>
  isOf(leaf, 'rest') && 'until' in leaf.config.when ? [leaf.config.when.until] : []

/** All that a leaf may say, in every language. */
export const textsOf = ({ config }: Leaf): string[] => [
  ...Object.values(config.say ?? {}),
  ...('whenEmpty' in config ? Object.values(config.whenEmpty ?? {}) : []),
  ...('options' in config ? (config.options ?? []).flatMap(titlesOf) : []),
  ...('silence' in config ? (config.silence ?? []).flatMap(({ say }) => Object.values(say ?? {})) : []),
]

const titlesOf = ({ title, titles, description }: Titled): string[] => [
  ...(titles ? Object.values(titles) : [title]),
  ...(description === undefined ? [] : [description]),
]
interface Titled {
  title: string
  titles?: Record<string, string> | undefined
  description?: string | undefined
}

/** Without what is filled in: that may be short. */
export const literalOf = (text: string): string => text.replace(/\{\{[^}]*\}\}/g, '')

export const placeholdersIn = (text: string): string[] =>
  [...text.matchAll(/\{\{\s*([\w.$-]+)\s*\}\}/g)].map(([, path]) => path!)
