import { TreeError } from './faults.ts'
import { treeHash } from './hash.ts'
import { isTooLarge } from './size.ts'
import { faultsOf } from './shape.ts'
import { layOut } from './lay-out.ts'
import type { CompileOptions } from './layout.ts'
import type { Registry } from './registry.ts'
import type { Json } from './json.ts'
import { treeShape, type NodeSpec, type SubtreeSpec, type TreeSpec } from './spec.ts'
import type { Tree } from './tree.ts'

/** A spec that was checked once, with the hash it had then: all that a later build needs. JSON. */
export interface FrozenTree {
  v: 1
  hash: string
  spec: TreeSpec
}

/**
 * Spec to tree. A spec may come from anywhere, be as deep and as large as it likes; every fault is reported, not the
 * first. Throws TreeError.
 */
export function compile(spec: unknown, registry: Registry, options: CompileOptions): Tree {
  return layOut(checkHeader(spec), registry, options, undefined, () => treeHash(spec))
}

/** Checks a spec and writes down what the check found out, so that `build` need not do it again. Throws TreeError. */
export function freeze(spec: unknown, registry: Registry, options: CompileOptions): FrozenTree {
  const { hash } = compile(spec, registry, options)
  const checked = spec as TreeSpec
  const whole = (node: NodeSpec): NodeSpec => {
    const definition = registry.get(node.op)!
    const frozen: NodeSpec = { op: node.op, config: definition.config.parse(node.config ?? {}) as Json }
    if (node.name !== undefined) frozen.name = node.name
    if (node.title !== undefined) frozen.title = node.title
    if (node.children !== undefined) frozen.children = node.children.map(whole)
    return frozen
  }
  const subtrees = Object.entries(checked.subtrees ?? {}).map(([name, subtree]): [string, SubtreeSpec] => [
    name,
    { ...subtree, root: whole(subtree.root) },
  ])
  return {
    v: 1,
    hash,
    spec: {
      ...checked,
      ...(subtrees.length > 0 && { subtrees: Object.fromEntries(subtrees) }),
      root: whole(checked.root),
    },
  }
}

/** Frozen to tree, without checking again what `freeze` has checked. Only for what comes from your own store. */
export function build(frozen: FrozenTree, registry: Registry, options: CompileOptions): Tree {
  return layOut(frozen.spec, registry, options, 'checked', () => frozen.hash)
}

function checkHeader(spec: unknown): TreeSpec {
  const { root: _, subtrees, ...header } = (spec ?? {}) as Record<string, unknown>
  const roots = Object.values(subtrees ?? {}).map((subtree) => ({ ...(subtree as object), root: null }))
  if (isTooLarge([header, roots])) {
    throw new TreeError([{ id: idOf(spec), message: 'what it declares beside its nodes is too deep or too large' }])
  }
  const shape = treeShape.safeParse(spec)
  if (!shape.success) throw new TreeError(faultsOf(idOf(spec), shape.error))
  return shape.data as TreeSpec
}

function idOf(spec: unknown): string {
  const id = (spec as { id?: unknown } | null | undefined)?.id
  return typeof id === 'string' ? id : '?'
}
