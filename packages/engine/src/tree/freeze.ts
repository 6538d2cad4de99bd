import { assemble } from './assemble.ts'
import { layOut } from './lay-out.ts'
import { TreeError, type TreeFault } from './faults.ts'
import { treeHash } from './hash.ts'
import { checkSpec } from './compile.ts'
import type { Json } from './json.ts'
import type { CompileOptions, Header, Layout } from './layout.ts'
import { opOf } from './op.ts'
import type { Registry } from './registry.ts'
import type { Tree } from './tree.ts'

/** A tree that was checked once and laid out, with its hash: all that a later build needs. JSON. */
export interface FrozenTree {
  v: 1
  hash: string
  header: Header
  /** Parents before children, the children of a node side by side. */
  nodes: FrozenNode[]
}

interface FrozenNode {
  op: string
  name: string
  title?: string
  config: Json
  parent: number
  frame?: string
}

/** Checks a spec and writes down what the check found out, so that `build` need not do it again. Throws TreeError. */
export function freeze(spec: unknown, registry: Registry, options: CompileOptions): FrozenTree {
  const checked = checkSpec(spec)
  const { root: _, subtrees, ...rest } = checked
  const header: Header = { ...rest }
  if (subtrees !== undefined) {
    header.subtrees = Object.fromEntries(Object.entries(subtrees).map(([name, { root: _root, ...own }]) => [name, own]))
  }
  const faults: TreeFault[] = []
  const layout = layOut(checked, registry, options.limits, faults)
  const { hash } = assemble(header, layout, options, faults, () => treeHash(spec))
  return { v: 1, hash, header, nodes: layout.ids.map((_, index) => nodeOf(layout, index)) }
}

function nodeOf({ ops, names, titles, configs, parent, frames }: Layout, index: number): FrozenNode {
  const node: FrozenNode = {
    op: ops[index]!.name,
    name: names[index]!,
    config: configs[index] as Json,
    parent: parent[index]!,
  }
  if (titles[index] !== undefined) node.title = titles[index]
  if (frames[index] !== undefined) node.frame = frames[index]
  return node
}

/** Frozen to tree, without checking again what `freeze` has checked. Only for what comes from your own store. */
export function build({ hash, header, nodes }: FrozenTree, registry: Registry, options: CompileOptions): Tree {
  const layout: Layout = {
    ids: [],
    names: [],
    titles: [],
    ops: [],
    configs: [],
    parent: [],
    first: [],
    end: [],
    frames: [],
  }
  const { ids, names, titles, ops, configs, parent, first, end, frames } = layout
  for (let index = 0; index < nodes.length; index++) {
    const { op, name, title, config, parent: above, frame } = nodes[index]!
    const definition = registry.get(op)
    const id = above < 0 ? name : `${ids[above]!}/${name}`
    if (definition === undefined) throw new TreeError([{ id, message: `unknown op "${op}"` }])
    ids.push(id)
    names.push(name)
    titles.push(title)
    ops.push(opOf(definition))
    configs.push(config)
    parent.push(above)
    frames.push(frame)
    first.push(nodes.length)
    end.push(nodes.length)
    if (above < 0) continue
    if (first[above] === nodes.length) first[above] = index
    end[above] = index + 1
  }
  return assemble(header, layout, options, [], () => hash)
}
