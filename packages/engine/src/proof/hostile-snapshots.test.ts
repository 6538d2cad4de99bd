import * as fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { advance, cancel, type Advance } from '../run/advance.ts'
import type { Snapshot } from '../run/snapshot.ts'
import { EngineFault } from '../tree/faults.ts'
import type { Tree } from '../tree/tree.ts'
import { answers, carried, copyOf, play, stepOf, treeOf, turnOf, type Answer } from './testing/drive.ts'
import { edited, edits } from './testing/edits.ts'
import { createPlace } from './testing/outside.ts'
import { rounds } from './testing/rounds.ts'
import { silence } from './testing/silence.ts'
import { journaledTree } from './testing/trees.ts'
import { WriteAhead } from './testing/write-ahead.ts'

const quiet = silence()

afterEach(() => {
  expect(Object.keys(Object.prototype)).toEqual([])
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
})

interface Trial {
  snapshot: Snapshot
  /** What the session really waited for. */
  waits: Snapshot['waits']
  given: readonly Answer[]
  cancels: boolean
}

/** What came of it: refused, or how the session stands. */
async function tryOn(tree: Tree, { snapshot, waits, given, cancels }: Trial): Promise<string> {
  const place = createPlace()
  let now = 2_000
  let count = 50
  const context = () => turnOf(place, count++, now, new WriteAhead(), () => {})
  try {
    let rest: Advance | undefined
    if (cancels) rest = await place.time.until(cancel(tree, snapshot, context()))
    for (const answer of given) {
      if (rest !== undefined && rest.status !== 'running') break
      const step = stepOf(answer, rest?.waits ?? waits, now)
      now = step.now
      const state = { snapshot: rest?.snapshot ?? snapshot, event: step.event }
      rest = await place.time.until(advance(tree, state, context()))
    }
    const { status, fault, snapshot: left } = rest!
    expect(JSON.parse(JSON.stringify(left))).toEqual(left)
    return fault === undefined ? status : `fault ${fault.code}`
  } catch (error) {
    if (error instanceof EngineFault) return error.code
    throw error
  }
}

describe('a snapshot that somebody edited', () => {
  it('is refused, or goes on to a rest or a clean fault; never a hang, a raw error, or a stained prototype', async () => {
    const seen = new Map<string, number>()
    const property = fc.asyncProperty(
      journaledTree,
      answers,
      edits,
      fc.boolean(),
      fc.nat(),
      async (root, given, changes, cancels, at) => {
        const played = await play(
          carried(() => treeOf(root)),
          given,
        )
        const waiting = played.rests.filter(({ status }) => status === 'running')
        fc.pre(waiting.length > 0)
        const { snapshot: real, waits } = waiting[at % waiting.length]!
        const snapshot = edited(copyOf(real), changes)
        const before = JSON.stringify(snapshot)
        const outcome = await tryOn(treeOf(root), { snapshot, waits, given, cancels })
        expect(JSON.stringify(snapshot)).toBe(before)
        seen.set(outcome, (seen.get(outcome) ?? 0) + 1)
      },
    )
    await fc.assert(property, rounds(150))
    expect(seen.get('snapshot_invalid')).toBeGreaterThan(50)
    await quiet.expectSilence()
  })
})
