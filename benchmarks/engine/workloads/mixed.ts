/** W1: 50 groups of 20 leaves, each a different function. */
import { compileTree, numbered, type Tree } from '../ours.ts'
import { leaves, newTally, type Leaf, type Tally } from './leaves.ts'

export const GROUPS = 50
export const STEPS = GROUPS * leaves.length

const groups: readonly (readonly Leaf[])[] = Array.from({ length: GROUPS }, () => [...leaves])

/** Whoever calls them cannot know that none of these has to wait. */
type MaybeLater = readonly (readonly ((tally: Tally) => void | Promise<void>)[])[]

export const mixedTree = (): Tree =>
  compileTree({
    op: 'sequence',
    children: numbered(
      groups.map((group) => ({
        op: 'sequence',
        children: numbered(group.map((_, index) => ({ op: `work${index}` }))),
      })),
    ),
  })

/** What somebody without an engine would write: each function awaited. */
export async function plainAwaited(): Promise<number> {
  const tally = newTally()
  for (const group of groups as MaybeLater) for (const leaf of group) await leaf(tally)
  return tally.steps
}

export function plainSync(): number {
  const tally = newTally()
  for (const group of groups) for (const leaf of group) leaf(tally)
  return tally.steps
}
