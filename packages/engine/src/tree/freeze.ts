import { assemble } from './assemble.ts'
import { layOut } from './lay-out.ts'
import { TreeError, type TreeFault } from './faults.ts'
import { treeHash } from './hash.ts'
import { checkSpec } from './compile.ts'
import type { Json } from './json.ts'
import type { CompileOptions, Header, Layout } from './layout.ts'
import { opOf, type Op } from './op.ts'
import type { Registry } from './registry.ts'
import type { Tree } from './tree.ts'

/** A tree that was checked once and laid out, with its hash: all that a later build needs. JSON. */
export interface FrozenTree {
  v: 1
  hash: string
  header: Header
  /** By node, as in the tree's own tables: parents before children, the children of a node side by side. */
  ops: string[]
  names: string[]
  configs: Json[]
  parent: number[]
  /** Left out where no node has one. */
  titles?: (string | null)[]
  frames?: (string | null)[]
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
  const { ops, names, configs, parent, titles, frames } = layout
  return {
    v: 1,
    hash,
    header,
    ops: ops.map((op) => op!.name),
    names,
    configs: configs as Json[],
    parent,
    ...(isEmpty(titles) ? {} : { titles: withNulls(titles) }),
    ...(isEmpty(frames) ? {} : { frames: withNulls(frames) }),
  }
}

type Sparse = readonly (string | undefined)[]

const isEmpty = (column: Sparse): boolean => column.every((text) => text === undefined)
const withNulls = (column: Sparse): (string | null)[] => Array.from(column, (text) => text ?? null)
const withoutNulls = (column: readonly (string | null)[]): (string | undefined)[] =>
  column.map((text) => text ?? undefined)

/**
 * Frozen to tree, without checking again what `freeze` has checked. Only for what comes from your own store. The tree
 * keeps the columns that it is given.
 */
export function build(frozen: FrozenTree, registry: Registry, options: CompileOptions): Tree {
  const { names, parent } = frozen
  const size = names.length
  const ids: string[] = []
  const ops: Op[] = []
  const first: number[] = []
  const end: number[] = []
  for (let index = 0; index < size; index++) {
    const above = parent[index]!
    const id = above < 0 ? names[index]! : `${ids[above]!}/${names[index]!}`
    const definition = registry.get(frozen.ops[index]!)
    if (definition === undefined) throw new TreeError([{ id, message: `unknown op "${frozen.ops[index]!}"` }])
    ids.push(id)
    ops.push(opOf(definition))
    first.push(size)
    end.push(size)
    if (above < 0) continue
    if (first[above] === size) first[above] = index
    end[above] = index + 1
  }
  const layout: Layout = {
    ids,
    names,
    titles: frozen.titles === undefined ? [] : withoutNulls(frozen.titles),
    ops,
    configs: frozen.configs,
    parent,
    first,
    end,
    frames: frozen.frames === undefined ? [] : withoutNulls(frozen.frames),
  }
  return assemble(frozen.header, layout, options, [], () => frozen.hash)
}
