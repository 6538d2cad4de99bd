import { Fault, type Json, type JsonObject } from '@copse/contracts'
import type { Tree } from '@copse/engine'
import { buildTree } from './build-tree.ts'

/** Where frozen trees are kept: every version that an open session is pinned to must be found here. */
export interface TreeStore {
  loadTree(hash: string): Promise<Json | undefined>
}

export interface Trees {
  /** `from`: the stage that it begins at, where that is not its own first one. */
  get(hash: string, from?: string): Promise<Tree>
}

/** Built trees by hash; shared by every session of a version. */
export function createTrees(store: TreeStore): Trees {
  const built = new Map<string, Promise<Tree>>()
  const load = async (hash: string, from: string | undefined): Promise<Tree> => {
    const spec = await store.loadTree(hash)
    if (spec === undefined)
      throw new Fault('snapshot_invalid', { detail: `The tree ${hash.slice(0, 12)} is not stored here.` })
    return buildTree(from === undefined ? spec : beginningAt(spec, from))
  }
  return {
    get(hash, from) {
      const key = from === undefined ? hash : `${hash}/${from}`
      const found = built.get(key) ?? load(hash, from)
      built.set(key, found)
      found.catch(() => built.delete(key))
      return found
    },
  }
}

function beginningAt(spec: Json, initial: string): Json {
  const tree = spec as { root: { config: JsonObject } }
  return { ...tree, root: { ...tree.root, config: { ...tree.root.config, initial } } }
}
