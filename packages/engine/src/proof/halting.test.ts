import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { open } from '../run/advance.ts'
import type { TraceEvent } from '../run/events.ts'
import type { Run } from '../run/run.ts'
import { save } from '../run/save.ts'
import type { NodeSpec } from '../tree/spec.ts'
import { answers, stepOf, treeOf, turnOf, type Answer } from './testing/drive.ts'
import { createPlace, type Place } from './testing/outside.ts'
import { rounds } from './testing/rounds.ts'
import { silence } from './testing/silence.ts'
import { buggyTree, livelyTree } from './testing/trees.ts'
import { WriteAhead } from './testing/write-ahead.ts'

const quiet = silence()

interface Stay {
  run: Run
  place: Place
  trace: TraceEvent[]
  now: number
  turns: number
}

/** A session in memory, played for some turns. */
async function stay(root: NodeSpec, given: readonly Answer[]): Promise<Stay> {
  const place = createPlace()
  const trace: TraceEvent[] = []
  const subscribe = (event: TraceEvent) => void trace.push(event)
  let now = 1_000
  let turns = 0
  const context = () => turnOf(place, turns++, now, new WriteAhead(), subscribe)
  const run = open(treeOf(root), context()) as Run
  await place.time.until(run.start())
  for (const answer of given) {
    if (run.status !== 'running') break
    const step = stepOf(answer, run.rest().waits, now)
    now = step.now
    await place.time.until(run.send(step.event, context()))
  }
  return { run, place, trace, now, turns }
}

/** Whatever still comes back is dropped: nobody writes, calls, or is heard. */
async function expectSilence({ run, place, trace }: Stay): Promise<void> {
  expect(run.isBusy).toBe(false)
  const before = [trace.length, place.outside.performed.length, JSON.stringify(save(run, run.status))]
  await place.time.passAll()
  expect([trace.length, place.outside.performed.length, JSON.stringify(save(run, run.status))]).toEqual(before)
  expect(place.witness.breaches).toEqual([])
  expect(place.witness.deaf).toEqual([])
  await quiet.expectSilence()
}

describe('halting', () => {
  it('leaves nobody at work at rest: who was halted is told by its signal, and does nothing any more', async () => {
    let halted = 0
    await fc.assert(
      fc.asyncProperty(fc.oneof(livelyTree, buggyTree), answers, async (root, given) => {
        const stayed = await stay(root, given)
        if (stayed.run.fault === undefined) expect(stayed.place.witness.live).toEqual([])
        await expectSilence(stayed)
        halted += stayed.place.witness.haltedCount
      }),
      rounds(200),
    )
    expect(halted).toBeGreaterThan(50)
  })

  it('by cancelling at any rest ends everything that runs, from the leaves up', async () => {
    let cancelled = 0
    await fc.assert(
      fc.asyncProperty(livelyTree, answers, fc.nat({ max: 4 }), async (root, given, turns) => {
        const stayed = await stay(root, given.slice(0, turns))
        const { run, place, trace } = stayed
        fc.pre(run.status === 'running')
        const { waits } = run.rest()
        const from = trace.length
        expect(await place.time.until(run.cancel())).toBe('cancelled')
        expect(run.rest()).toMatchObject({ status: 'cancelled', waits: [], snapshot: { nodes: {}, waits: [] } })
        const halts = trace.slice(from).flatMap(({ kind, node }) => (kind === 'halt' ? [node] : []))
        expect(halts.at(-1)).toBe('t')
        for (const { node } of waits) expect(halts).toContain(node)
        for (const [at, node] of halts.entries()) {
          expect(halts.slice(at + 1).filter((later) => later === node || later.startsWith(`${node}/`))).toEqual([])
        }
        await expectSilence(stayed)
        cancelled++
      }),
      rounds(150),
    )
    expect(cancelled).toBeGreaterThan(30)
  })

  it('by giving the turn up at any moment rejects it with the reason, and nothing is left', async () => {
    const reason = new Error('given up')
    let cut = 0
    await fc.assert(
      fc.asyncProperty(buggyTree, answers, fc.nat({ max: 12 }), async (root, given, ticks) => {
        const place = createPlace()
        const trace: TraceEvent[] = []
        const controller = new AbortController()
        let left = ticks
        const abort = () => {
          if (left-- === 0) controller.abort(reason)
        }
        let now = 1_000
        let turns = 0
        const context = () => ({
          ...turnOf(place, turns++, now, new WriteAhead(), (event) => trace.push(event)),
          signal: controller.signal,
        })
        const run = open(treeOf(root), context()) as Run
        const thrown = await (async () => {
          await place.time.until(run.start(), abort)
          for (const answer of given) {
            if (run.status !== 'running') return undefined
            const step = stepOf(answer, run.rest().waits, now)
            now = step.now
            await place.time.until(run.send(step.event, context()), abort)
          }
          return undefined
        })().catch((error: unknown) => error)
        fc.pre(thrown !== undefined)
        expect(thrown).toBe(reason)
        cut++
        await expectSilence({ run, place, trace, now, turns })
      }),
      rounds(150),
    )
    expect(cut).toBeGreaterThan(30)
  })
})
