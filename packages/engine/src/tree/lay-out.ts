import { arityOf } from './arity.ts'
import type { ParentDefinition } from './definition.ts'
import type { TreeFault } from './faults.ts'
import { faultsOf, checkNode, repeated, segmentOf } from './shape.ts'
import { subtreeOf, type CompileOptions, type Layout } from './layout.ts'
import { opOf } from './op.ts'
import type { Registry } from './registry.ts'
import { isTooLarge, sizeLimits } from './size.ts'
import type { NodeSpec, SubtreeSpec, TreeSpec } from './spec.ts'

const DEPTH_LIMIT = 256
const NODE_LIMIT = 50_000
const NOTHING: readonly NodeSpec[] = []

/** Walks breadth first without recursion, so siblings get consecutive numbers and no depth overflows the stack. */
export function layOut(
  spec: TreeSpec,
  registry: Registry,
  limits: CompileOptions['limits'],
  faults: TreeFault[],
): Layout {
  const depthLimit = limits?.depth ?? DEPTH_LIMIT
  const nodeLimit = limits?.nodes ?? NODE_LIMIT
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
  const subtree = (name: string) => subtreeOf(spec, name)

  for (let index = 0; index < raws.length; index++) {
    const id = ids[index]!
    first[index] = end[index] = raws.length
    const node = checkNode(id, raws[index], faults)
    if (node === undefined) continue
    titles[index] = node.title

    const definition = registry.get(node.op)
    if (definition === undefined) faults.push({ id, message: `unknown op "${node.op}"` })
    else ops[index] = opOf(definition)
    const config = definition && checkConfig(id, definition.config, node.config, faults)
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

  return layout
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
