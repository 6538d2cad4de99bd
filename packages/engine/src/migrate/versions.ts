import type { Tree } from '../tree/tree.ts'
import type { Renames } from './renames.ts'

/** Both versions, and what is called otherwise in the new one. */
export interface Versions {
  from: Tree
  to: Tree
  renames: Renames
}
