import { Fault, type Json } from '@copse/contracts'
import type { Tree } from '@copse/engine'
import { buildTree } from './build-tree.ts'

/** Where frozen trees are kept: every version that an open session is pinned to must be found here. */
export interface TreeStore {
  loadTree(hash: string): Promise<Json | undefined>
}

/** Built trees by hash; shared by every session of a version. */
export function createTrees(store: TreeStore): { get(hash: string): Promise<Tree> } {
  const built = new Map<string, Promise<Tree>>()
  const load = async (hash: string): Promise<Tree> => {
    const spec = await store.loadTree(hash)
    if (spec === undefined)
      throw new Fault('snapshot_invalid', { detail: `The tree ${hash.slice(0, 12)} is not stored here.` })
    return buildTree(spec)
  }
  return {
    get(hash) {
      const found = built.get(hash) ?? load(hash)
      built.set(hash, found)
      found.catch(() => built.delete(hash))
      return found
    },
  }
}
