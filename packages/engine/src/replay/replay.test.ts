import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { nodes } from '../nodes/all.ts'
import type { Advance } from '../run/advance.ts'
import type { TraceEvent } from '../run/events.ts'
import type { EffectOutcome } from '../run/journal.ts'
import type { TurnContext } from '../run/turn.ts'
import { ask, build, called, input, node, ok, specOf, turn } from '../testing/play.ts'
import { answerTo } from '../testing/answer.ts'
import { memoryShelf } from '../testing/memory-shelf.ts'
import { testNodes } from '../testing/nodes.ts'
import { randomTree } from '../testing/random-tree.ts'
import { wideTree } from '../testing/wide-tree.ts'
import { defineParent } from '../tree/registry.ts'
import type { NodeSpec, TreeSpec } from '../tree/spec.ts'
import type { Tree } from '../tree/tree.ts'
import { traceHash } from '../watch/trace-hash.ts'
import type { SessionLog } from './log.ts'
import { recordSession } from './record.ts'
import { replay } from './replay.ts'

const TURNS = 5

const soon = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/** The turns here begin at 1,000 ms. */
const alarm = (at: number, fire: () => void): (() => void) => {
  const ringing = setTimeout(fire, at - 1_000)
  return () => clearTimeout(ringing)
}

interface Recorded {
  log: SessionLog
  rest: Advance
  trace: TraceEvent[]
}

/** Records a session that is answered `answers` times, whatever it waits for. */
async function record(
  tree: Tree,
  answer: (key: string) => Promise<EffectOutcome>,
  answers: readonly number[] = [],
  more: Partial<TurnContext> = {},
): Promise<Recorded> {
  const trace: TraceEvent[] = []
  const recorder = recordSession(tree)
  const context = turn({
    services: { answer, jobs: { submit: () => Promise.resolve() } },
    shelf: memoryShelf(),
    subscribe: (event) => trace.push(event),
    ...more,
  })
  let rest = await recorder.advance({ cells: { seen: { value: 'x', by: 'customer' } } }, context)
  for (const [count, pick] of answers.entries()) {
    if (rest.status !== 'running') break
    const { event, now } = answerTo(rest, pick)
    rest = await recorder.advance({ snapshot: rest.snapshot, event }, { ...context, seed: `seed ${count}`, now })
  }
  return { log: JSON.parse(JSON.stringify(recorder.log)) as SessionLog, rest, trace }
}

/** Comes back after a time that has nothing to do with the order of asking. */
function unsteady(times: readonly number[]): () => Promise<EffectOutcome> {
  let asked = 0
  return async () => {
    const count = asked++
    const time = times[count % times.length]!
    if (time > 0) await soon(time - 1)
    return count % 4 === 3 ? { status: 'no', code: 'no', reason: '' } : { status: 'ok', data: { count } }
  }
}

const broken = (): Promise<EffectOutcome> => Promise.reject(new Error('the bug in this leaf'))

/** Puts what came in the second turn behind, or before, what came in the first. */
const behind = ({ turns: [first, second] }: SessionLog): void => void first!.entries.push(...second!.entries)
const before = ({ turns: [first, second] }: SessionLog): void => void first!.entries.unshift(...second!.entries)

const call = (name: string): NodeSpec => called(name, node('call', { name }))
const steps = (name: string, ...children: NodeSpec[]): NodeSpec =>
  called(name, node('sequence', undefined, ...children))

/** Halts what it holds when its time is over, also while that is at work; asks outside before and after. */
const deadline = defineParent<{ ms: number }, { ms: number }, { answer: () => Promise<EffectOutcome> }>({
  op: 'deadline',
  kind: 'decorator',
  config: z.strictObject({ ms: z.number() }),
  enter: (ctx) => ctx.ask('first', null, { policy: 'read' }, ctx.services.answer),
  came(ctx, _, { ms }) {
    ctx.wait({ kind: 'timer', at: ctx.now() + ms })
    return ctx.run(0)
  },
  woken(ctx) {
    ctx.halt(0, 'timeout')
    return ctx.fail('timed_out')
  },
  settled: (_, __, status) => status,
})

const parallels = fc
  .record({
    branches: fc.array(randomTree, { minLength: 2, maxLength: 4 }),
    success: fc.constantFrom('all', 'any', 1),
    join: fc.constantFrom('decided', 'all'),
  })
  .map(({ branches, ...config }): TreeSpec => {
    const busy = branches.map((branch, index) => steps(`b${index}`, call('d'), node('draw'), call('e'), branch))
    return specOf(node('parallel', config, ...busy))
  })

describe('a recorded session', () => {
  it('does in a replay what it did, event by event, whatever came back in which order', async () => {
    let sideBySide = 0
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(parallels, wideTree),
        fc.array(fc.nat(4), { minLength: 5, maxLength: 5 }),
        fc.array(fc.nat(), { minLength: TURNS, maxLength: TURNS }),
        async (spec, times, picks) => {
          const tree = build(spec)
          const { log, rest, trace } = await record(tree, unsteady(times), picks)
          if (log.turns.some(({ entries }) => entries.some(({ kind }) => kind === 'arrival'))) sideBySide++
          const replayed = await replay(build(spec), log, { jobs: {} })
          expect(replayed.trace).toEqual(trace)
          expect(replayed.hash).toBe(traceHash(trace))
          expect(replayed.snapshot).toEqual(rest.snapshot)
          expect(replayed.failure).toEqual(rest.failure)
        },
      ),
      { numRuns: 100 },
    )
    expect(sideBySide).toBeGreaterThan(20)
  }, 60_000)

  it('has one hash in a thousand replays', async () => {
    const [spec] = fc.sample(parallels, { seed: 7, numRuns: 1 })
    const tree = build(spec!)
    const { log, trace } = await record(tree, unsteady([4, 1, 3, 0, 2]), [0, 1, 2, 3, 4])
    expect(log.turns.flatMap(({ entries }) => entries).length).toBeGreaterThan(6)
    const hashes = new Set<string>()
    for (let count = 0; count < 1_000; count++) hashes.add((await replay(tree, log)).hash)
    expect([...hashes]).toEqual([traceHash(trace)])
  })

  it('rings in a replay when a deadline passed, although no clock is there', async () => {
    const slow = called('slow', node('deadline', { ms: 5 }, steps('s', call('a'), call('b'), call('c'))))
    const root = node('parallel', { failure: 2 }, slow, steps('other', call('d'), call('e')))
    const definitions = [...nodes, ...testNodes, deadline]
    const tree = build(specOf(root), definitions)
    let asked = 0
    const answer = async (): Promise<EffectOutcome> => {
      await soon(asked++ * 3)
      return { status: 'ok', data: {} }
    }
    const { log, trace } = await record(tree, answer, [], { alarm })
    expect(log.turns[0]!.entries).toContainEqual({ kind: 'arrival', arrival: 'timer t/slow#2' })
    const replayed = await replay(build(specOf(root), definitions), log, { answer: broken })
    expect(replayed.trace).toEqual(trace)
    expect(replayed.trace).toContainEqual(expect.objectContaining({ kind: 'halt', reason: 'timeout' }))
  })

  it('is replayed without performing anything', async () => {
    const tree = build(specOf(steps('s', call('a'), ask('q'), call('b'))))
    const { log } = await record(tree, unsteady([1]), [0])
    let performed = 0
    const answer = () => {
      performed++
      return Promise.resolve({ status: 'ok', data: {} })
    }
    expect(await replay(tree, log, { answer })).toMatchObject({ status: 'success' })
    expect(performed).toBe(0)
  })

  it('is replayed from where the recording began, and to where it was cancelled', async () => {
    const tree = build(specOf(steps('s', ask('q'), call('a'), ask('r'))))
    const first = await record(tree, unsteady([0]))
    const recorder = recordSession(tree)
    const context = turn({ services: { answer: unsteady([0]) } })
    const second = await recorder.advance({ snapshot: first.rest.snapshot, event: input('x') }, context)
    const last = await recorder.cancel(second.snapshot, context)
    const replayed = await replay(tree, recorder.log!)
    expect(replayed.status).toBe('cancelled')
    expect(replayed.snapshot).toEqual(last.snapshot)
  })

  it('faults in a replay for what a leaf threw, at the same place', async () => {
    const tree = build(specOf(steps('s', call('a'))))
    const { log, rest, trace } = await record(tree, broken)
    expect(rest.fault).toMatchObject({ code: 'node_threw', node: 't/a' })
    const replayed = await replay(tree, log)
    expect(replayed.fault).toMatchObject({ code: 'node_threw', reason: 'the bug in this leaf', node: 't/a' })
    expect(replayed.trace).toEqual(trace)
  })

  it('keeps no turn that was given up, nor an event that nobody waited for', async () => {
    const tree = build(specOf(steps('s', ask('q'), ok('a'))))
    const recorder = recordSession(tree)
    expect(recorder.log).toBeUndefined()
    const { snapshot } = await recorder.advance({}, turn())
    const aborted = turn({ signal: AbortSignal.abort(new Error('the process stops')) })
    await expect(recorder.advance({ snapshot, event: input(1) }, aborted)).rejects.toThrow('the process stops')
    await recorder.advance({ snapshot, event: { kind: 'job', data: 1 } }, turn())
    expect(recorder.log!.turns).toHaveLength(1)
    await recorder.advance({ snapshot, event: input(1) }, turn())
    expect(recorder.log!.turns).toHaveLength(2)
  })

  it('is one session', async () => {
    const tree = build(specOf(steps('s', ask('q'), ask('r'))))
    const recorder = recordSession(tree)
    const { snapshot } = await recorder.advance({}, turn())
    await recorder.advance({ snapshot, event: input(1) }, turn())
    await expect(recorder.advance({ snapshot, event: input(1) }, turn())).rejects.toThrow('records one session')
    await expect(recorder.advance({}, turn({ sessionId: 's2' }))).rejects.toThrow('records one session')
  })
})

describe('a replay of something else than was recorded', () => {
  const tree = build(specOf(steps('s', call('a'), ask('q'), call('b'))))
  const faulting = async (change: (log: SessionLog) => void): Promise<unknown> => {
    const { log } = await record(tree, unsteady([0]), [0])
    change(log)
    return replay(tree, log).catch((error: unknown) => error)
  }

  it('names the node that asks for what the log does not hold', async () => {
    expect(await faulting((log) => void (log.turns[1]!.entries = []))).toMatchObject({
      code: 'journal_mismatch',
      message: 'In turn 2 t/b asks for "b", and the log holds no outcome.',
    })
  })

  it('names the node that asks with other arguments', async () => {
    expect(await faulting((log) => void (log.cells = {}))).toMatchObject({
      code: 'journal_mismatch',
      message: 'In turn 1 t/a asks for "a" with other arguments than the log says.',
    })
  })

  it('says what the log holds more than happened', async () => {
    expect(await faulting(behind)).toMatchObject({
      message: 'In turn 1 it is over, and the log goes on with the outcome of "b" of t/b.',
    })
  })

  it('says what never came', async () => {
    expect(await faulting(before)).toMatchObject({
      code: 'journal_mismatch',
      message: 'In turn 1 the log goes on with the outcome of "b" of t/b, which never came.',
    })
  })

  it('says how the turn should have ended', async () => {
    expect(await faulting((log) => void (log.turns[1]!.rest.status = 'failure'))).toMatchObject({
      message: 'In turn 2 the session came to rest as success after 14 events, and the log says failure after 14.',
    })
  })

  it('is told at once, whatever else asks beside it', async () => {
    const beside = build(specOf(node('parallel', undefined, call('a'), call('b'), call('c'))))
    const { log } = await record(beside, unsteady([2, 0, 1]))
    for (const entry of log.turns[0]!.entries) if (entry.kind === 'effect' && entry.name === 'a') entry.argsHash = 'x'
    await expect(replay(beside, log)).rejects.toMatchObject({
      code: 'journal_mismatch',
      message: 'In turn 1 t/a asks for "a" with other arguments than the log says.',
    })
  })

  it.each<[string, (log: SessionLog) => unknown]>([
    ['an outcome was taken out', ({ turns }) => delete (turns[0]!.entries[0] as { outcome?: unknown }).outcome],
    ['an entry is something else', ({ turns }) => (turns[0]!.entries[0] = 'x' as never)],
    ['an arrival has no name', ({ turns }) => turns[0]!.entries.push({ kind: 'arrival' } as never)],
    ['a turn has no entries', ({ turns }) => delete (turns[1] as { entries?: unknown }).entries],
    ['it does not say how a turn ended', ({ turns }) => (turns[1]!.rest = null as never)],
    ['it was cut in the middle of a turn', ({ turns }) => (turns[1] = { does: 'event' } as never)],
  ])('is refused, naming the place, where %s', async (_, change) => {
    expect(await faulting((log) => void change(log))).toMatchObject({
      code: 'journal_mismatch',
      message: expect.stringMatching(/^The log is not whole: turns\.\d/) as string,
    })
  })

  it('is refused for another tree, and for an empty log', async () => {
    const { log } = await record(tree, unsteady([0]))
    await expect(replay(build(specOf(ok('a'))), log)).rejects.toThrow('not of this t 1')
    await expect(replay(tree, { ...log, turns: [] })).rejects.toThrow('no turn')
  })
})
