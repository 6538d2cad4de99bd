import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { answers, copyOf } from './testing/drive.ts'
import { live, replay } from './testing/life.ts'
import { rounds } from './testing/rounds.ts'
import type { Line } from './testing/write-ahead.ts'
import { journaledTree, serialTree } from './testing/trees.ts'

const never = 1_000_000

/** Intents without an outcome. */
function unsettled(lines: readonly Line[]): string[] {
  const settled = new Set(lines.flatMap((line) => (line.kind === 'outcome' ? [line.key] : [])))
  return lines.flatMap((line) => (line.kind === 'intent' && !settled.has(line.key) ? [line.key] : []))
}

describe('a process that dies at any moment at which a journal is written', () => {
  it('loses nothing, does nothing twice, and ends like one that never died', async () => {
    let crashes = 0
    await fc.assert(
      fc.asyncProperty(serialTree, answers, fc.nat(), async (root, given, moment) => {
        const whole = await live(root, given, { left: never })
        const story = await live(root, given, { left: moment % whole.moments })
        expect(story.crashes).toBe(1)
        crashes += story.performed.length > 0 ? 1 : 0
        expect(story.rest).toEqual(whole.rest)
        expect(story.trace).toEqual(whole.trace)
        expect(story.repeated).toEqual([])
        expect(new Set(story.performed)).toEqual(new Set(whole.performed))
      }),
      rounds(150),
    )
    expect(crashes).toBeGreaterThan(10)
  })

  it('where nodes run side by side goes on from what they had come to, whatever comes back first now', async () => {
    let crashes = 0
    await fc.assert(
      fc.asyncProperty(journaledTree, answers, fc.nat(), async (root, given, moment) => {
        const whole = await live(root, given, { left: never })
        const story = await live(root, given, { left: moment % whole.moments })
        expect(story.crashes).toBe(1)
        crashes += story.performed.length > 0 ? 1 : 0
        expect(story.repeated).toEqual([])
        expect(story.unfollowed).toEqual([])
        expect(story.turns.flatMap(({ lines }) => unsettled(lines))).toEqual([])
        for (const turn of story.turns) {
          const again = await replay(root, copyOf(turn), moment)
          expect(again.trace).toEqual(turn.trace)
          expect(again.performed).toEqual([])
        }
        expect([undefined, 'livelock']).toContain(story.rest.fault?.code)
      }),
      rounds(150),
    )
    expect(crashes).toBeGreaterThan(10)
  })
})

describe('a journal that is replayed', () => {
  it('gives the identical trace and performs nothing, however fast things come back', async () => {
    let effects = 0
    await fc.assert(
      fc.asyncProperty(journaledTree, answers, fc.nat({ max: 1_000 }), async (root, given, tempo) => {
        const { turns } = await live(root, given, { left: never })
        for (const turn of turns) {
          const again = await replay(root, copyOf(turn), tempo + 1)
          expect(again.trace).toEqual(turn.trace)
          expect(again.rest).toEqual(turn.rest)
          expect(again.performed).toEqual([])
          if (turn.lines.length > 0) effects++
        }
      }),
      rounds(150),
    )
    expect(effects).toBeGreaterThan(15)
  })
})
