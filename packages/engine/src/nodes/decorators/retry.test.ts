import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { advance, cancel, type Advance } from '../../run/advance.ts'
import type { EffectOutcome } from '../../run/journal.ts'
import { memoryJournal } from '../../testing.ts'
import { build, called, entered, input, no, node, ok, play, specOf, turn, ask } from '../../testing/play.ts'
import type { Json } from '../../tree/json.ts'
import type { NodeSpec } from '../../tree/spec.ts'

const trying = (config: Json, child: NodeSpec = no('a')): NodeSpec => node('retry', config, child)

/** Fails with these codes, one after the other, then succeeds; tells the keys it was asked under. */
function failing(...codes: string[]) {
  const keys: string[] = []
  return {
    keys,
    answer: async (key: string): Promise<EffectOutcome> => {
      keys.push(key)
      const code = codes.shift()
      return code === undefined ? { status: 'ok', data: {} } : { status: 'no', code, reason: '' }
    },
  }
}

/** Wakes it whenever it waits; when that was, counted from the beginning, and how it ended. */
async function timesOf(root: NodeSpec, more: object = {}): Promise<{ times: number[]; end: Advance }> {
  const tree = build(specOf(root))
  const times: number[] = []
  let end = await advance(tree, {}, turn({ now: 0, ...more }))
  while (end.status === 'running') {
    const { at } = end.waits[0]!.wait
    times.push(at!)
    const snapshot = JSON.parse(JSON.stringify(end.snapshot)) as typeof end.snapshot
    const event = { kind: 'timer', data: null } as const
    end = await advance(build(specOf(root)), { snapshot, event }, turn({ now: at!, ...more }))
  }
  return { times, end }
}

describe('retry', () => {
  it('succeeds as soon as its child does', async () => {
    const { answer, keys } = failing('x', 'x')
    const played = await play(trying({ attempts: 5 }, node('call', { name: 'pay' })), {}, { services: { answer } })
    expect(played.status).toBe('success')
    expect(keys).toHaveLength(3)
  })

  it('fails with the code of the last try when all are used up', async () => {
    const { answer } = failing('x', 'y', 'z')
    const played = await play(trying({ attempts: 3 }, node('call', { name: 'pay' })), {}, { services: { answer } })
    expect(played.failure).toMatchObject({ code: 'z' })
  })

  it('lets its child wait, and goes on counting afterwards', async () => {
    const child = node('sequence', undefined, ask('w'), no('a'))
    const played = await play(trying({ attempts: 2 }, child), { events: [input(1), input(2)] })
    expect(played).toMatchObject({ status: 'failure', failure: { code: 'a' } })
    expect(entered(played)).toEqual(['t', 'sequence', 'w', 'a', 'sequence', 'w', 'a'])
  })

  it('fails at once for a code that is not worth it', async () => {
    const played = await play(trying({ attempts: 5, retryOn: ['busy'] }))
    expect(entered(played)).toEqual(['t', 'a'])
  })

  it('tries again for a code that is', async () => {
    expect(entered(await play(trying({ attempts: 2, retryOn: ['a', 'b'] })))).toEqual(['t', 'a', 'a'])
  })

  it('fails at once when the failure says that it is not retryable', async () => {
    expect(entered(await play(trying({ attempts: 5 }, node('todo', { note: 'x' }))))).toEqual(['t', 'todo'])
  })

  it('asks under one key in all tries of a visit, and under another in the next visit', async () => {
    const { answer, keys } = failing('x', 'x')
    const twice = node('repeat', { times: 2 }, trying({ attempts: 3 }, node('call', { name: 'pay' })))
    await play(twice, {}, { services: { answer } })
    expect(keys).toHaveLength(4)
    expect(new Set(keys.slice(0, 3)).size).toBe(1)
    expect(keys[3]).not.toBe(keys[0])
  })

  it('does not do again what succeeded in a try before', async () => {
    const journal = memoryJournal()
    const { answer, keys } = failing()
    const child = node('sequence', undefined, called('one', node('call', { name: 'one' })), no('a'))
    await play(trying({ attempts: 3 }, child), {}, { journal, services: { answer } })
    expect(keys).toHaveLength(1)
  })

  it('keeps keys also of a node that it enters several times in one try', async () => {
    const { answer, keys } = failing()
    const loop = node('repeat', { times: 2 }, node('call', { name: 'one' }))
    const child = node('sequence', undefined, loop, no('a'))
    await play(trying({ attempts: 2 }, child), {}, { services: { answer } })
    expect(new Set(keys).size).toBe(2)
    expect(keys).toHaveLength(2)
  })
})

describe('the waits of a retry', () => {
  it('are as long as said, and there is none after the last try', async () => {
    const { times, end } = await timesOf(trying({ attempts: 3, delayMs: 100 }))
    expect(times).toEqual([100, 200])
    expect(end.failure).toMatchObject({ code: 'a' })
  })

  it('grow, up to the longest', async () => {
    const { times } = await timesOf(trying({ attempts: 6, delayMs: 100, backoff: 2, maxDelayMs: 500 }))
    expect(times).toEqual([100, 300, 700, 1200, 1700])
  })

  it('follow a list, whose last one counts for all that follow', async () => {
    expect((await timesOf(trying({ attempts: 5, delaysMs: [0, 10, 50] }))).times).toEqual([10, 60, 110])
  })

  it('are shortened by chance, another in each session, the same in a re-run', async () => {
    const root = trying({ attempts: 4, delayMs: 1000, jitter: 0.5 })
    const first = await timesOf(root)
    expect((await timesOf(root)).times).toEqual(first.times)
    expect((await timesOf(root, { sessionId: 's2' })).times).not.toEqual(first.times)
    const delays = first.times.map((at, index) => at - (first.times[index - 1] ?? 0))
    expect(delays.every((delayMs) => delayMs >= 500 && delayMs <= 1000)).toBe(true)
    expect(new Set(delays).size).toBeGreaterThan(1)
  })

  it('never run over what a delay may be', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          delayMs: fc.nat(10_000),
          backoff: fc.double({ min: 1, max: 100, noNaN: true }),
          maxDelayMs: fc.integer({ min: 1, max: 20_000 }),
          jitter: fc.double({ min: 0, max: 1, noNaN: true }),
        }),
        async (delays) => {
          const { times } = await timesOf(trying({ attempts: 5, ...delays }))
          times.reduce((before, at) => {
            expect(at - before).toBeLessThanOrEqual(delays.maxDelayMs)
            expect(at).toBeGreaterThan(before)
            return at
          }, 0)
        },
      ),
      { numRuns: 50 },
    )
  })

  it('of no time grow to no time, however often', async () => {
    const { failure, trace } = await play(trying({ attempts: 1000, delayMs: 0, backoff: 100 }))
    expect(failure?.code).toBe('a')
    expect(trace.filter(({ kind, node }) => kind === 'enter' && node === 't/a')).toHaveLength(1000)
  })

  it('end with a halt: nothing is tried any more', async () => {
    const tree = build(specOf(trying({ attempts: 2, delayMs: 100 })))
    const { snapshot } = await advance(tree, {}, turn())
    const ended = await cancel(tree, snapshot, turn())
    expect(ended).toMatchObject({ status: 'cancelled', waits: [] })
  })

  it('are over when the process was down meanwhile: the try comes before anything else', async () => {
    const flaky = node('parallel', { success: 'all' }, called('r', trying({ attempts: 2, delayMs: 100 })), ask('w'))
    const tree = build(specOf(flaky))
    const { snapshot } = await advance(tree, {}, turn({ now: 0 }))
    const rest = await advance(tree, { snapshot, event: input('late') }, turn({ now: 5_000 }))
    expect(rest).toMatchObject({ status: 'failure', failure: { code: 'a' } })
  })
})

it.each([
  [{ attempts: 0 }, 't: config.attempts'],
  [{}, 't: config.attempts'],
  [{ attempts: 2, delayMs: -1 }, 't: config.delayMs'],
  [{ attempts: 2, delayMs: 1, delaysMs: [1] }, 'not both'],
  [{ attempts: 2, jitter: 2 }, 't: config.jitter'],
  [{ attempts: 2, retryOn: [] }, 't: config.retryOn'],
  [{ attempts: 2, often: true }, 't: '],
])('a retry of %j is refused', (config, message) => {
  expect(() => build(specOf(trying(config)))).toThrow(message)
})

it('a retry takes one child', () => {
  expect(() => build(specOf(node('retry', { attempts: 2 }, ok('a'), ok('b'))))).toThrow('"retry" takes 1 child')
})
