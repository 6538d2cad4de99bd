import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { build as thaw, freeze } from '../tree/freeze.ts'
import { createRegistry } from '../tree/registry.ts'
import { condition } from '../testing/play.ts'
import { answers, carried, copyOf, play, specFor, staying, treeOf, type Played } from './testing/drive.ts'
import { rounds } from './testing/rounds.ts'
import { allNodes, livelyTree } from './testing/trees.ts'

const registry = createRegistry(allNodes)

const runs = rounds(150)

function expectSame(carriedOn: Played, stayed: Played): void {
  expect(carriedOn.trace).toEqual(stayed.trace)
  expect(carriedOn.rests.map(({ status }) => status)).toEqual(stayed.rests.map(({ status }) => status))
  expect(carriedOn.rests.map(({ snapshot }) => snapshot)).toEqual(stayed.rests.map(({ snapshot }) => snapshot))
  expect(carriedOn.rests.map(({ fault }) => fault?.code)).toEqual(stayed.rests.map(({ fault }) => fault?.code))
}

describe('a session that stops at every rest', () => {
  it('through JSON into a fresh tree, tells and does what one does that stays in memory', async () => {
    const seen = { ends: 0, turns: 0, side: 0, faults: new Map<string, number>() }
    await fc.assert(
      fc.asyncProperty(livelyTree, answers, async (root, given) => {
        const tree = treeOf(root)
        const stayed = await play(staying(tree), given)
        const stopped = await play(
          carried(() => treeOf(copyOf(root))),
          given,
        )
        expectSame(stopped, stayed)
        seen.turns += stayed.rests.length
        if (stayed.rests.some(({ waits }) => new Set(waits.map(({ node }) => node)).size > 1)) seen.side++
        if (stayed.rests.at(-1)!.status !== 'running') seen.ends++
        const code = stayed.rests.at(-1)!.fault?.code
        if (code !== undefined) seen.faults.set(code, (seen.faults.get(code) ?? 0) + 1)
      }),
      runs,
    )
    // About 2.3, 0.2 and 0.9 a run: far enough below that no seed fails.
    expect(seen.turns).toBeGreaterThan(1.5 * runs.numRuns)
    expect(seen.side).toBeGreaterThan(0.05 * runs.numRuns)
    expect(seen.ends).toBeGreaterThan(0.5 * runs.numRuns)
  })

  it('does the same in a tree that was frozen, kept as JSON, and built again', async () => {
    await fc.assert(
      fc.asyncProperty(livelyTree, answers, async (root, given) => {
        const frozen = JSON.stringify(freeze(specFor(root), registry, { condition }))
        const stopped = await play(
          carried(() => thaw(JSON.parse(frozen) as ReturnType<typeof freeze>, registry, { condition })),
          given,
        )
        expectSame(stopped, await play(staying(treeOf(root)), given))
      }),
      runs,
    )
  })
})
