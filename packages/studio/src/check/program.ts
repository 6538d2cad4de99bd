import { validateCondition, type Condition, type Schema } from '@copse/conditions'
import type { NodeSpec, TreeSpec } from '@copse/engine'
import { createDomain, type Domain } from './domain/domain.ts'
import { renamed } from './domain/condition-fields.ts'
import { isOf, leavesIn, type Leaf } from './leaf.ts'
import {
  conditionsIn,
  identityFields,
  pathsOf,
  writtenByCustomer,
  writtenByTool,
  type Operations,
} from './leaf-data.ts'
import { offeredBy, type Offered } from './offered.ts'

/** What can be entered: a stage of the tree, with where each of its exits leads. */
export interface Stage {
  id: string
  node: NodeSpec
  exits: Record<string, Target>
}
export interface Target {
  to: string
  returns: boolean
}

/** A compiled procedure as the exploration reads it. */
export interface Program {
  initial: string
  stages: ReadonlyMap<string, Stage>
  operations: Operations
  domain: Domain
  triggers: readonly string[]
  /** The field that a name stands for. */
  resolve: (name: string) => string
  /** Other names for a field. */
  namesFor: (path: string) => string[]
  /** Stages that some exit leads to. */
  ledTo: ReadonlySet<string>
  condition: (json: unknown) => Condition
  /** States, not steps. */
  isFlow: boolean
  /** What each stage offers to tap. */
  offered: ReadonlyMap<string, readonly Offered[]>
}

/** Known without anybody writing them. */
const seeded = ['customer_id', 'case_id']
/** In a flow, of every message. */
const ofMessages = { customer: 'message', tool: 'today' }

/** What a correction leads to is as if the value had been given at first: that is looked at anyway. */
const isGoneInto = ({ op }: NodeSpec): boolean => op !== 'correct' && op !== 'globals'

export function createProgram(
  tree: TreeSpec,
  operations: Operations,
  { triggers, now }: { triggers: readonly string[]; now: number },
): Program {
  const { initial, exits } = tree.root.config as {
    initial: string
    exits: Record<string, Record<string, string | { to: string; return: true }>>
  }
  const stages = new Map(
    (tree.root.children ?? []).filter(isGoneInto).map((node): [string, Stage] => {
      const id = node.name ?? node.op
      const targets = Object.entries(exits[id] ?? {}).map(([exit, target]): [string, Target] => [
        exit,
        typeof target === 'string' ? { to: target, returns: false } : { to: target.to, returns: true },
      ])
      const undo = leavesIn(id, node).flatMap((leaf) => (isOf(leaf, 'call') ? (leaf.config.undo ?? []) : []))
      const takenBack = undo.map((to): [string, Target] => [`undo:${to}`, { to, returns: true }])
      return [id, { id, node, exits: Object.fromEntries([...targets, ...takenBack]) }]
    }),
  )
  const all = [...stages.values()].flatMap(({ id, node }) => leavesIn(id, node))
  const isFlow = all.some(({ op }) => op === 'listen')
  const heard = isFlow ? ofMessages : undefined
  const customer = new Set([...all.flatMap((leaf) => writtenByCustomer(leaf)), ...(heard ? [heard.customer] : [])])
  const tool = new Set([
    ...all.flatMap((leaf) => writtenByTool(leaf, operations)),
    ...identityFields(operations),
    ...(heard ? [heard.tool] : []),
  ])

  // An alias is read where nothing stands under the name itself.
  const aliases = tree.aliases ?? {}
  const resolve = (name: string): string =>
    customer.has(name) || tool.has(name) || !Object.hasOwn(aliases, name) ? name : aliases[name]!
  const read = new WeakMap<object, Condition>()
  const condition = (json: unknown): Condition => {
    const before = read.get(json as object)
    if (before) return before
    const condition = renamed(validateCondition(json), resolve)
    read.set(json as object, condition)
    return condition
  }

  const domain = createDomain({
    now,
    conditions: [...stages.values()].flatMap(({ node }) => conditionsIn(node)).map((json) => condition(json)),
    paths: [...seeded, ...all.flatMap(pathsOf).map(resolve), ...customer, ...tool],
    schema: schemaOf(all, tool),
    writersOf: (path) => ({ customer: covers(customer, path), tool: covers(tool, path) }),
  })
  return {
    initial,
    stages,
    operations,
    domain,
    triggers,
    resolve,
    namesFor: (path) => Object.keys(aliases).filter((name) => resolve(name) === path),
    ledTo: new Set([...stages.values()].flatMap((stage) => Object.values(stage.exits).map(({ to }) => to))),
    condition,
    isFlow,
    offered: new Map([...stages.values()].map((stage) => [stage.id, offeredBy(stage)])),
  }
}

/** What is known of the values of fields that only customers give. */
function schemaOf(all: readonly Leaf[], tool: ReadonlySet<string>): Schema {
  const schema: Schema = {}
  for (const leaf of all) {
    if (isOf(leaf, 'collect')) {
      for (const { key, type, enum: listed } of leaf.config.fields) {
        if (tool.has(key)) continue
        const number = type === 'number' || type === 'integer' || type === 'amount'
        schema[key] = listed ? { enum: listed } : number ? 'number' : type === 'date' ? 'date' : 'string'
      }
    } else if (isOf(leaf, 'classify') && leaf.config.resultKey !== undefined) {
      schema[leaf.config.resultKey] = { enum: leaf.config.labels.map(({ id }) => id) }
    }
  }
  return schema
}

const covers = (roots: ReadonlySet<string>, path: string): boolean =>
  roots.has(path) || [...roots].some((root) => path.startsWith(`${root}.`))
