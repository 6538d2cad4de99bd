import { assemble } from './assemble.ts'
import { TreeError, type TreeFault } from './faults.ts'
import { treeHash } from './hash.ts'
import { layOut } from './lay-out.ts'
import type { CompileOptions } from './layout.ts'
import type { Registry } from './registry.ts'
import { faultsOf } from './shape.ts'
import { isTooLarge } from './size.ts'
import { treeShape, type TreeSpec } from './spec.ts'
import type { Tree } from './tree.ts'

/**
 * Spec to tree. A spec may come from anywhere, be as deep and as large as it likes; every fault is reported, not the
 * first. Throws TreeError.
 */
export function compile(spec: unknown, registry: Registry, options: CompileOptions): Tree {
  const faults: TreeFault[] = []
  const checked = checkSpec(spec)
  const layout = layOut(checked, registry, options.limits, faults)
  return assemble(checked, layout, options, faults, () => treeHash(spec))
}

/** Everything but the nodes, which `layOut` checks one by one. */
export function checkSpec(spec: unknown): TreeSpec {
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
