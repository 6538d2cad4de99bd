import { TreeError, type TreeFault } from './faults.ts'
import { isComplete, type CompileOptions, type Header, type Layout } from './layout.ts'
import { Numbers } from './numbers.ts'
import type { Op } from './op.ts'
import { prepareAll } from './prepare.ts'
import { tablesOf } from './tables.ts'
import type { Tree } from './tree.ts'

const NO_ALIASES: Tree['scopes']['aliases'] = new Map([[-1, new Map()]])

/** Layout to tree: every node prepared, every table filled. Throws TreeError, with the faults that were found before. */
export function assemble(
  header: Header,
  layout: Layout,
  options: CompileOptions,
  faults: TreeFault[],
  hash: () => string,
): Tree {
  const { prepared, warnings } = prepareAll(layout, header, options, faults)
  if (faults.length > 0 || !isComplete(layout)) throw new TreeError(faults)
  return tabled(header, layout, prepared, warnings, hash())
}

function tabled(
  header: Header,
  layout: Layout & { ops: Op[] },
  prepared: unknown[],
  warnings: TreeFault[],
  hash: string,
): Tree {
  const { ids, names, titles, ops, configs, parent, first, end, frames } = layout
  const { near, follow, ticking, kinds, readsLast } = tablesOf(layout)
  return {
    id: header.id,
    version: header.version,
    hash,
    size: ids.length,
    ids,
    byId: new Numbers(ids),
    names,
    titles,
    ops,
    configs,
    prepared,
    parent,
    first,
    end,
    follow,
    near,
    noughts: ids.map(() => 0),
    ticking,
    scopes: { kinds, aliases: aliasesOf(header, kinds, frames), under: (scope) => near.scope[parent[scope]!]! },
    keepsResults: header.returns === true || readsLast,
    warnings,
  }
}

function aliasesOf(
  header: Header,
  kinds: Tree['scopes']['kinds'],
  frames: Layout['frames'],
): Tree['scopes']['aliases'] {
  if (header.aliases === undefined && kinds.size === 0) return NO_ALIASES
  const aliases = new Map([[-1, new Map(Object.entries(header.aliases ?? {}))]])
  for (const [index, kind] of kinds) {
    const frame = frames[index]
    if (kind === 'overlay' || frame === undefined) continue
    aliases.set(index, new Map(Object.entries(header.subtrees?.[frame]?.aliases ?? {})))
  }
  return aliases
}
