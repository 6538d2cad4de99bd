import type { Tree } from '@copse/engine'
import type { Customs } from './understand/globals.ts'

/** What the author of a tree says about what customers can always say. */
export function customsIn(tree: Tree): Customs {
  const at = tree.byId.get(`${tree.id}/$globals`)
  return at === undefined ? {} : (tree.configs[at] as Customs)
}
