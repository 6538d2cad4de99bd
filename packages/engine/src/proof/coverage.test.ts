import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { nodes } from '../nodes/all.ts'
import { wideTree } from '../testing/wide-tree.ts'
import type { NodeSpec } from '../tree/spec.ts'
import { buggyTree, journaledTree, livelyTree, serialTree } from './testing/trees.ts'

const opsIn = ({ op, children = [] }: NodeSpec): string[] => [op, ...children.flatMap(opsIn)]

/** Where never more than one is at work, nothing stands that starts several. */
const several = ['parallel', 'gather']

it.each<[string, fc.Arbitrary<NodeSpec>, string[]]>([
  ['halting and resuming', livelyTree, []],
  ['bugs', buggyTree, []],
  ['crashing and replaying', journaledTree, []],
  ['crashing, one thing at a time', serialTree, several],
  ['the live view', wideTree.map(({ root }) => root), []],
])('the random trees of %s contain every node there is', (_, trees, without) => {
  const seen = new Set(fc.sample(trees, { numRuns: 600, seed: 1 }).flatMap(opsIn))
  expect(
    nodes
      .map(({ op }) => op)
      .filter((op) => !seen.has(op))
      .toSorted(),
  ).toEqual(without.toSorted())
})
