import { arityOf } from './arity.ts'
import type { ParentDefinition } from './definition.ts'
import { TreeError, type TreeFault } from './faults.ts'
import { faultsOf, checkNode, repeated, segmentOf } from './shape.ts'
import type { CompileOptions, Layout } from './layout.ts'
import { opOf, type Op } from './op.ts'
import { prepareAll } from './prepare.ts'
import type { Registry } from './registry.ts'
import { isTooLarge, sizeLimits } from './size.ts'
import type { NodeSpec, SubtreeSpec, TreeSpec } from './spec.ts'
import { followers, nearest, scopeKinds } from './tables.ts'
import type { Tree } from './tree.ts'

const DEPTH_LIMIT = 256
const NODE_LIMIT = 50_000
const NOTHING: readonly NodeSpec[] = []

/**
 * Walks breadth first without recursion, so siblings get consecutive numbers and no depth overflows the stack. A
 * `checked` spec is taken at its word where zod would only say yes again.
 */
export function layOut(
  spec: TreeSpec,
  registry: Registry,
  options: CompileOptions,
  checked: 'checked' | undefined,
  hash: () => string,
): Tree {
  const depthLimit = options.limits?.depth ?? DEPTH_LIMIT
  const nodeLimit = options.limits?.nodes ?? NODE_LIMIT
  const faults: TreeFault[] = []
  const raws: unknown[] = [spec.root]
  const depths: number[] = [1]
  /** Names of the subtrees that stand around each node. */
  const chains: (readonly string[])[] = [[]]
  const layout: Layout = {
    ids: [spec.id],
    names: [spec.id],
    titles: [],
    ops: [],
    configs: [],
    parent: [-1],
    first: [],
    end: [],
    frames: [undefined],
  }
  const { ids, names, titles, ops, configs, parent, first, end, frames } = layout
  const subtree = (name: string): SubtreeSpec | undefined =>
    spec.subtrees !== undefined && Object.hasOwn(spec.subtrees, name) ? spec.subtrees[name] : undefined

  for (let index = 0; index < raws.length; index++) {
    const id = ids[index]!
    first[index] = end[index] = raws.length
    const node = checked ? (raws[index] as NodeSpec) : checkNode(id, raws[index], faults)
    if (node === undefined) continue
    titles[index] = node.title

    const definition = registry.get(node.op)
    if (definition === undefined) faults.push({ id, message: `unknown op "${node.op}"` })
    else ops[index] = opOf(definition)
    const config = definition && (checked ? node.config : checkConfig(id, definition.config, node.config, faults))
    configs[index] = config
    let children = node.children ?? NOTHING
    let chain = chains[index]!
    if (definition !== undefined) {
      const { min, max } = arityOf(definition)
      if (children.length < min || children.length > max) {
        faults.push({ id, message: `"${node.op}" takes ${span(min, max)}, not ${children.length}` })
        ops[index] = undefined
      } else if (definition.kind !== 'leaf' && definition.expand !== undefined && config !== undefined) {
        const expanded = expand(id, definition, config, children, subtree, chain, faults)
        children = expanded.children
        chain = expanded.chain
      }
    }
    if (children.length === 0) continue
    if (depths[index]! >= depthLimit) {
      faults.push({ id, message: `the tree is deeper than ${depthLimit} levels` })
      continue
    }
    if (raws.length + children.length > nodeLimit) {
      faults.push({ id, message: `the tree has more than ${nodeLimit} nodes` })
      break
    }
    const segments = children.map(segmentOf)
    for (const name of repeated(segments)) {
      faults.push({ id: `${id}/${name}`, message: 'two siblings have this name; give one of them another name' })
    }
    const frame = chain === chains[index] ? frames[index] : chain.at(-1)
    for (let position = 0; position < children.length; position++) {
      raws.push(children[position])
      ids.push(`${id}/${segments[position]!}`)
      names.push(segments[position]!)
      depths.push(depths[index]! + 1)
      chains.push(chain)
      parent.push(index)
      frames.push(frame)
    }
    end[index] = raws.length
  }

  const { prepared, warnings } = prepareAll(layout, spec, subtree, options, faults)
  if (faults.length > 0) throw new TreeError(faults)
  return tabled(spec, { ...layout, ops: ops as Op[] }, prepared, warnings, hash())
}

function tabled(
  spec: TreeSpec,
  { ids, names, titles, ops, configs, parent, first, end, frames }: Omit<Layout, 'ops'> & { ops: Op[] },
  prepared: unknown[],
  warnings: TreeFault[],
  hash: string,
): Tree {
  const byId = new Map<string, number>()
  for (let index = 0; index < ids.length; index++) byId.set(ids[index]!, index)
  const up = Int32Array.from(parent)
  const kinds = scopeKinds(ops, configs, parent, first)
  const near = nearest(up, ops, kinds)
  return Object.freeze({
    id: spec.id,
    version: spec.version,
    hash,
    size: ids.length,
    ids,
    byId,
    names,
    titles,
    ops,
    configs,
    prepared,
    parent: up,
    first: Int32Array.from(first),
    end: Int32Array.from(end),
    follow: followers(up, ops, end),
    near,
    ticking: ops.flatMap((op, index) => (op.tick === undefined ? [] : [index])),
    scopes: { kinds, aliases: aliasesOf(spec, kinds, frames), under: (scope: number) => near.scope[up[scope]!]! },
    keepsResults:
      spec.returns === true ||
      ops.some(({ definition: { readsLast } }, index) =>
        typeof readsLast === 'function' ? readsLast(configs[index]) : readsLast === true,
      ),
    warnings,
  })
}

function aliasesOf(
  spec: TreeSpec,
  kinds: Tree['scopes']['kinds'],
  frames: Layout['frames'],
): Tree['scopes']['aliases'] {
  const aliases = new Map([[-1, new Map(Object.entries(spec.aliases ?? {}))]])
  for (const [index, kind] of kinds) {
    const frame = frames[index]
    if (kind === 'overlay' || frame === undefined) continue
    aliases.set(index, new Map(Object.entries(spec.subtrees?.[frame]?.aliases ?? {})))
  }
  return aliases
}

function checkConfig(id: string, schema: ParentDefinition['config'], json: unknown, faults: TreeFault[]): unknown {
  if (isTooLarge(json)) {
    faults.push({ id, message: `its config is nested deeper than ${sizeLimits}` })
    return undefined
  }
  const config = schema.safeParse(json ?? {})
  if (config.success) return config.data
  faults.push(...faultsOf(id, config.error, 'config'))
  return undefined
}

/** A node that brings its own children says which subtree they come from by `use`. */
function expand(
  id: string,
  definition: ParentDefinition,
  config: unknown,
  children: readonly NodeSpec[],
  subtree: (name: string) => SubtreeSpec | undefined,
  chain: readonly string[],
  faults: TreeFault[],
): { children: readonly NodeSpec[]; chain: readonly string[] } {
  const { use } = config as { use?: unknown }
  if (typeof use !== 'string') return { children: definition.expand!(config, children, subtree), chain }
  if (subtree(use) === undefined) {
    faults.push({ id, message: `there is no subtree "${use}"` })
    return { children: NOTHING, chain }
  }
  if (chain.includes(use)) {
    faults.push({ id, message: `subtrees go in a circle: ${[...chain, use].join(' -> ')}` })
    return { children: NOTHING, chain }
  }
  return { children: definition.expand!(config, children, subtree), chain: [...chain, use] }
}

function span(min: number, max: number): string {
  if (min === max) return min === 1 ? '1 child' : `${min} children`
  return max === Number.POSITIVE_INFINITY ? `${min} or more children` : `${min} to ${max} children`
}
